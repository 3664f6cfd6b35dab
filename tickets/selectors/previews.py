"""The last word on a ticket."""

from __future__ import annotations

from accounts.actor import Actor
from tickets.models import Comment, Ticket
from tickets.selectors.conversations import visible_comments


def latest_message(ticket: Ticket, actor: Actor) -> Comment | None:
    """The newest message that the actor may read, with its author: one query."""
    rows = visible_comments(ticket, actor).prefetch_related(None).select_related("author")
    return rows.order_by("-created_at", "-id").first()

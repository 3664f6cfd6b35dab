"""Drafts of replies, for the one person who writes them."""

from __future__ import annotations

from accounts.actor import Actor
from tickets import policies
from tickets.draft_places import REPLY
from tickets.models import ReplyDraft

LIMIT = 50


def my_draft(actor: Actor, ticket_id: int | None, place: str = REPLY) -> ReplyDraft | None:
    """What the actor has begun to write in a place of a ticket; without one, for a new ticket."""
    if actor.user_id is None:
        return None
    return ReplyDraft.objects.of(actor.user_id, ticket_id, place).first()


def my_drafts(actor: Actor, *, limit: int = LIMIT) -> list[ReplyDraft]:
    """The actor's drafts on tickets they may still see, latest first, with ticket and requester.

    One query.
    """
    if actor.user_id is None:
        return []
    drafts = ReplyDraft.objects.filter(
        user_id=actor.user_id, ticket__in=policies.visible_tickets(actor)
    )
    drafts = drafts.select_related("ticket", "ticket__requester")
    return list(drafts.order_by("-updated_at", "-id")[:limit])

"""A conversation for a page: its latest messages and the events between them, in few queries."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Prefetch

from accounts.actor import Actor
from tickets import policies
from tickets.models import Audit, AuditEvent, Comment, Delivery, Ticket
from tickets.selectors.conversations import visible_comments


def latest_comments_of(ticket: Ticket, actor: Actor, *, limit: int | None) -> list[Comment]:
    """The last `limit` comments (all when None) in order of writing: three queries.

    They come with author, attachments and deliveries.
    """
    comments = visible_comments(ticket, actor).select_related("author")
    comments = comments.prefetch_related(
        Prefetch("deliveries", Delivery.objects.select_related("recipient").order_by("id"))
    )
    if limit is None:
        return list(comments.order_by("created_at", "id"))
    return list(comments.order_by("-created_at", "-id")[:limit])[::-1]


def events_of(ticket: Ticket, actor: Actor, *, since: datetime | None) -> list[Audit]:
    """The audits since an instant with their events, oldest first; for staff only: two queries."""
    if not policies.may_see_internal(actor):
        return []
    audits = ticket.audits.select_related("author").order_by("created_at", "id")
    if since is not None:
        audits = audits.filter(created_at__gte=since)
    return list(audits.prefetch_related(Prefetch("events", AuditEvent.objects.order_by("id"))))

"""What has been read: here, so that no browser pushes it and no digest mails it any more."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.actor import Actor
from core import clock
from notifications.actions.telling import say_changed
from notifications.models import Notification


def mark_read(*, actor: Actor, notification_id: int) -> int:
    """Note that the actor has read one of their notifications. Returns how many were unread."""
    return _mark(actor, Notification.objects.filter(pk=notification_id))


def mark_ticket_read(*, actor: Actor, ticket_id: int) -> int:
    """The same for all that are about one ticket: who opens it has seen them."""
    return _mark(actor, Notification.objects.filter(ticket=ticket_id))


def mark_all_read(*, actor: Actor, up_to: int) -> int:
    """The same for everything up to the id that the reader has seen, so that what came a moment ago
    stays unread.
    """
    return _mark(actor, Notification.objects.filter(pk__lte=up_to))


def _mark(actor: Actor, rows: QuerySet[Notification]) -> int:
    """One statement where nothing was unread: every ticket page that is opened comes here."""
    unread = rows.filter(user=actor.user_id, read_at=None)
    marked = unread.update(read_at=clock.now(), push_at=None, mail_at=None)
    if marked and actor.user_id:
        say_changed([actor.user_id])
    return marked

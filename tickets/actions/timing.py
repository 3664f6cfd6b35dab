"""Time that people work on tickets: counted by the page with each submit, or written by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from accounts.actor import Actor
from accounts.roles import Permission
from core import clock
from core.text import storable
from tickets import policies
from tickets.actions import bare, columns
from tickets.actions.finish import finish
from tickets.errors import InvalidChange, NotPermitted
from tickets.models import Audit, AuditEvent, Comment, EventType, Ticket, TimeEntry

DAY = 24 * 3600
LONGEST_VISIT = 8 * 3600  # of one page without a submit
SLACK = 5  # seconds that clocks may differ


@dataclass(frozen=True, slots=True)
class Visit:
    """A page that counts: its id and when it was opened, both signed by the door."""

    id: str
    opened_at: datetime


@transaction.atomic
def count_time(
    *,
    actor: Actor,
    ticket_id: int,
    seconds: int,
    visit: Visit,
    with_submit: bool,
) -> TimeEntry | None:
    """Keep what a page has counted; None when nothing is left of it.

    No more is taken than has passed since the page was opened, less what it has counted before.
    `with_submit` ties it to what the actor has just submitted, and names it in that audit.

    Raises TicketNotFound.
    """
    if actor.user_id is None:
        return None
    ticket = policies.visible_ticket(actor, ticket_id)
    now = clock.now()
    counted = TimeEntry.objects.filter(visit=visit.id).aggregate(sum=Sum("seconds"))["sum"] or 0
    passed = int((now - visit.opened_at).total_seconds()) + SLACK - counted
    seconds = min(seconds, passed, LONGEST_VISIT)
    if seconds <= 0:
        return None
    audit = _own_latest_audit(actor, ticket) if with_submit else None
    entry = TimeEntry.objects.create(
        ticket=ticket, user_id=actor.user_id, comment=_comment_of(audit), seconds=seconds,
        started_at=now - timedelta(seconds=seconds), visit=visit.id, created_at=now,
    )  # fmt: skip
    if audit is not None:
        AuditEvent.objects.create(audit=audit, type=EventType.TIME, value={"seconds": seconds})
    return entry


def _own_latest_audit(actor: Actor, ticket: Ticket) -> Audit | None:
    """The submit of this transaction; None when it changed nothing and left no audit."""
    audits = ticket.audits.filter(
        author_id=actor.user_id, created_at__gte=clock.now() - timedelta(seconds=10)
    )
    return audits.order_by("-created_at", "-id").first()


def _comment_of(audit: Audit | None) -> Comment | None:
    if audit is None:
        return None
    said = audit.events.filter(type=EventType.COMMENT).select_related("comment").first()
    return said.comment if said else None


@transaction.atomic
def add_time(
    *, actor: Actor, ticket_id: int, seconds: int, started_at: datetime | None = None,
    note: str = "",
) -> TimeEntry:  # fmt: skip
    """Write down time by hand. Raises TicketNotFound, NotPermitted, InvalidChange."""
    policies.require_can_edit(actor)
    ticket = policies.lock_visible_ticket(actor, ticket_id)
    if actor.user_id is None:
        raise NotPermitted
    now = clock.now()
    entry = TimeEntry.objects.create(
        ticket=ticket, user_id=actor.user_id, seconds=_checked(seconds),
        started_at=_past(started_at, now) or now - timedelta(seconds=seconds),
        note=storable(note).strip()[:255], is_automatic=False, created_at=now,
    )  # fmt: skip
    _record(actor, ticket, None, entry.seconds)
    return entry


@transaction.atomic
def change_time(
    *, actor: Actor, entry_id: int, seconds: int, note: str | None = None
) -> TimeEntry | None:
    """Correct an entry; 0 seconds take it away, and None is returned.

    One's own; of others only who may delete tickets.

    Raises TicketNotFound, NotPermitted, InvalidChange.
    """
    policies.require_can_edit(actor)
    entry = TimeEntry.objects.select_for_update().filter(pk=entry_id).first()
    if entry is None:
        raise InvalidChange("time", _("This entry is no longer there."))
    ticket = policies.lock_visible_ticket(actor, entry.ticket_id)
    if entry.user_id != actor.user_id and not actor.can(Permission.DELETE_TICKETS):
        raise NotPermitted(_("You can only change time of your own."))
    before = entry.seconds
    if seconds == 0:
        entry.delete()
        _record(actor, ticket, before, None)
        return None
    entry.seconds, entry.edited_at = _checked(seconds), clock.now()
    if note is not None:
        entry.note = storable(note).strip()[:255]
    entry.save(update_fields=["seconds", "edited_at", "note"])
    if entry.seconds != before:
        _record(actor, ticket, before, entry.seconds)
    return entry


def _checked(seconds: int) -> int:
    if not 0 < seconds <= DAY:
        raise InvalidChange("time", _("Write a time between one minute and 24 hours."))
    return seconds


def _past(at: datetime | None, now: datetime) -> datetime | None:
    if at is not None and at > now:
        raise InvalidChange("started_at", _("Choose a day that is not still to come."))
    return at


def _record(actor: Actor, ticket: Ticket, before: int | None, seconds: int | None) -> None:
    now = clock.now()
    change, previous = bare.begin(actor, ticket, now)
    change.add(
        EventType.TIME, "seconds",
        previous=None if before is None else {"seconds": before},
        value=None if seconds is None else {"seconds": seconds},
    )  # fmt: skip
    columns.save(ticket, previous, now)
    finish([change])

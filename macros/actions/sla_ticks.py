"""Warnings and breaches, noted within seconds of their moment."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction

from core import clock
from macros.actions.sla_clocks import save_books
from macros.models import MetricEventType, RuleKind, SlaClock
from macros.sla.clocks import Books, count, due_warnings, note_breach, target_details
from macros.sla.loading import load_books
from macros.sla.policies import CLOCKWORK
from tickets.actions.notes import Note, note_on_ticket
from tickets.models import EventType, Ticket

logger = logging.getLogger(__name__)

BATCH = 200  # tickets a turn
_LATER = timedelta(minutes=5)


def tick_sla(*, limit: int = BATCH) -> int:
    """Note what is due on at most `limit` tickets; returns on how many. Touches nothing else.

    A ticket that is being changed right now is left to its submit, or to the next tick. One that
    fails does not hold up the others.
    """
    now = clock.now()
    due = SlaClock.objects.filter(due_at__lte=now).order_by("due_at", "id")
    noted = 0
    for ticket_id in dict.fromkeys(due.values_list("ticket_id", flat=True)[:limit]):
        try:
            noted += _tick(ticket_id, now)
        except Exception:
            logger.exception("sla.tick_failed", extra={"ticket": ticket_id})
            SlaClock.objects.filter(ticket=ticket_id, due_at__lte=now).update(due_at=now + _LATER)
    return noted


@transaction.atomic
def _tick(ticket_id: int, now: datetime) -> int:
    """Lock, look again, write the log, and let rules know by a submit of the system."""
    found = Ticket.objects.select_for_update(skip_locked=True, no_key=True).filter(pk=ticket_id)
    ticket = found.first()
    if ticket is None:
        return 0
    books = load_books([ticket]).get(ticket_id)
    if books is None:  # a clock without measures: nobody follows it any more
        SlaClock.objects.filter(ticket=ticket_id).update(due_at=None)
        return 0
    notes = [
        note for each in books.clocks.values()
        if each.due_at and each.due_at <= now and (note := _note(books, each, now))
    ]  # fmt: skip
    save_books([books])
    if notes:
        actor = CLOCKWORK.on("system", **notes[0].cause)
        note_on_ticket(actor=actor, ticket=ticket, notes=notes)
    return bool(notes)


def _note(books: Books, due: SlaClock, now: datetime) -> Note | None:
    """What a due clock has to say; it is brought up to date."""
    measure = books.measures.by_metric[due.metric]
    cause = {
        "kind": RuleKind.SLA_POLICY.value, "id": due.policy_id, "title": due.policy_title,
        "revision": due.revision,
    }  # fmt: skip
    note = None
    if due.breach_at and due.breach_at <= now:
        note_breach(books, due)
        note = Note(EventType.SLA_BREACH, due.metric, target_details(due), cause)
    elif passed := due_warnings(due, measure, now):
        details = {**target_details(due), "fraction": max(passed)}
        books.note(due, MetricEventType.WARN, now, **details)
        due.warnings = [each for each in due.warnings if each > max(passed)]
        note = Note(EventType.SLA_WARNING, due.metric, details, cause)
    count(due, measure, now.timestamp())
    return note

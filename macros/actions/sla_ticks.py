"""Warnings and breaches, noted within seconds of their moment."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from core import clock
from macros.actions.sla_clocks import save_books
from macros.models import MetricEventType, RuleKind, SlaClock
from macros.sla.clocks import Books, count, due_warnings, note_breach, target_details
from macros.sla.loading import load_books
from macros.sla.policies import CLOCKWORK
from tickets.actions.notes import Note, Noted, note_on_tickets
from tickets.models import EventType, Ticket

logger = logging.getLogger(__name__)

BATCH = 200  # tickets a turn
TOGETHER = 25  # in one transaction
_LATER = timedelta(minutes=5)


def tick_sla(*, limit: int = BATCH) -> int:
    """Note what is due on at most `limit` tickets; returns on how many. Touches nothing else.

    A ticket that is being changed right now is left to its submit, or to the next tick. One that
    fails does not hold up the others.
    """
    now = clock.now()
    due = SlaClock.objects.filter(due_at__lte=now).order_by("due_at", "id")
    ids = list(dict.fromkeys(due.values_list("ticket_id", flat=True)[:limit]))
    return sum(_try(ids[at : at + TOGETHER], now) for at in range(0, len(ids), TOGETHER))


def _try(ticket_ids: Sequence[int], now: datetime) -> int:
    """Several in one go; where that fails, one by one."""
    try:
        return _tick(ticket_ids, now)
    except Exception:
        if len(ticket_ids) > 1:
            return sum(_try([ticket_id], now) for ticket_id in ticket_ids)
        logger.exception("sla.tick_failed", extra={"ticket": ticket_ids[0]})
        due = SlaClock.objects.filter(ticket=ticket_ids[0], due_at__lte=now)
        due.update(due_at=now + _LATER)
        return 0


@transaction.atomic
def _tick(ticket_ids: Sequence[int], now: datetime) -> int:
    """Lock, look again, write the log, and let rules know by submits of the system."""
    rows = Ticket.objects.select_for_update(skip_locked=True, no_key=True).order_by("pk")
    books = list(load_books(list(rows.filter(pk__in=ticket_ids))).values())
    noted = [found for each in books if (found := _noted(each, now))]
    save_books(books)
    note_on_tickets(noted=noted)
    return len(noted)


def _noted(books: Books, now: datetime) -> Noted | None:
    """What the due clocks of one ticket have to say."""
    notes = [
        note for each in books.clocks.values()
        if each.due_at and each.due_at <= now and (note := _note(books, each, now))
    ]  # fmt: skip
    if not notes:
        return None
    return Noted(books.ticket, CLOCKWORK.on("system", **notes[0].cause), notes)


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

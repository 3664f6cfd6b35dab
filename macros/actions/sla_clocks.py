"""Writing down what the clocks of tickets show; a part of submits, ticks and recounts."""

from __future__ import annotations

from collections.abc import Sequence

from core import clock
from macros.models import ClockStatus, MetricEvent, SlaClock, SlaState
from macros.sla.clocks import Books
from tickets.actions.notes import set_next_breaches
from tickets.models import Ticket

_STATE = ("policy_id", "revision", "version", "metrics")
_CLOCK = tuple(
    field.name for field in SlaClock._meta.concrete_fields
    if field.name not in ("id", "ticket", "metric")
)  # fmt: skip


def save_books(books: Sequence[Books]) -> None:
    """Write states, clocks, events and the tickets' next breaches, each in one statement."""
    if not books:
        return
    SlaState.objects.bulk_create(
        [
            SlaState(
                ticket=each.ticket, policy_id=each.policy_id, revision=each.revision,
                version=each.ticket.version, metrics=each.measures.as_json(),
            )
            for each in books
        ],
        update_conflicts=True, unique_fields=["ticket"], update_fields=_STATE,
    )  # fmt: skip
    _save_clocks([row for each in books for row in each.clocks.values()])
    dropped = [row.pk for each in books for row in each.dropped if row.pk]
    if dropped:
        SlaClock.objects.filter(pk__in=dropped).delete()
    _write_log([event for each in books for event in each.events])
    _set_next_breaches(books)


def forget_books(tickets: Sequence[Ticket]) -> None:
    """Drop what is kept about tickets that no policy measures any more.

    The events stay, and the clocks that have ended.
    """
    if not tickets:
        return
    SlaState.objects.filter(ticket__in=tickets).delete()
    SlaClock.objects.filter(ticket__in=tickets).exclude(status=ClockStatus.FULFILLED).delete()
    for ticket in tickets:
        ticket.sla_next_breach_at = None
    set_next_breaches(tickets)


def _write_log(events: Sequence[MetricEvent]) -> None:
    now = clock.now()
    for event in events:
        event.written_at = now
    MetricEvent.objects.bulk_create(events)


def _save_clocks(clocks: Sequence[SlaClock]) -> None:
    SlaClock.objects.bulk_create([row for row in clocks if row.pk is None])
    known = [row for row in clocks if row.pk is not None]
    SlaClock.objects.bulk_create(
        known, update_conflicts=True, unique_fields=["ticket", "metric"], update_fields=_CLOCK
    )


def _set_next_breaches(books: Sequence[Books]) -> None:
    moved = []
    for each in books:
        if each.ticket.sla_next_breach_at != each.next_breach_at:
            each.ticket.sla_next_breach_at = each.next_breach_at
            moved.append(each.ticket)
    set_next_breaches(moved)

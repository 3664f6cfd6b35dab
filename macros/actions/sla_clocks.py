"""Writing down what the clocks of tickets show; a part of submits, ticks and recounts."""

from __future__ import annotations

from collections.abc import Sequence

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
    _save_clocks([clock for each in books for clock in each.clocks.values()])
    dropped = [clock.pk for each in books for clock in each.dropped if clock.pk]
    if dropped:
        SlaClock.objects.filter(pk__in=dropped).delete()
    MetricEvent.objects.bulk_create([event for each in books for event in each.events])
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


def _save_clocks(clocks: Sequence[SlaClock]) -> None:
    SlaClock.objects.bulk_create([clock for clock in clocks if clock.pk is None])
    known = [clock for clock in clocks if clock.pk is not None]
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

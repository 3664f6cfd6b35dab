"""What is kept about tickets, read together; measured anew from history where nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from macros.models import SlaClock, SlaState
from macros.sla.clocks import Books
from macros.sla.metrics import Measures, Moment, Switches, advance
from macros.sla.moments import histories
from macros.sla.policies import Policy
from tickets.changes import TicketChange
from tickets.models import Ticket


def load_books(tickets: Sequence[Ticket]) -> dict[int, Books]:
    """What is kept about tickets, as far as there is anything; two queries."""
    if not tickets:
        return {}
    by_pk = {ticket.pk: ticket for ticket in tickets}
    books = {
        state.pk: Books(
            by_pk[state.pk], Measures.from_json(state.metrics), policy_id=state.policy_id,
            revision=state.revision, version=state.version, is_new=False,
        )
        for state in SlaState.objects.filter(pk__in=by_pk)
    }  # fmt: skip
    for row in SlaClock.objects.filter(ticket__in=by_pk):
        mine = books.setdefault(row.ticket_id, Books(by_pk[row.ticket_id], Measures()))
        mine.clocks[row.metric] = row
    return books


def measure_anew(
    tickets: Sequence[Ticket],
    matched: Mapping[int, Policy | None],
    books: dict[int, Books],
    *,
    present: Mapping[int, TicketChange] | None = None,
) -> None:
    """Measures from the whole history, for tickets that were not followed so far; two queries."""
    if not tickets:
        return
    schedules = {
        ticket.pk: policy.schedule_id if (policy := matched[ticket.pk]) else None
        for ticket in tickets
    }
    told = histories(tickets, schedule_id=schedules, present=present or {})
    for ticket in tickets:
        policy = matched[ticket.pk]
        mine = books.setdefault(ticket.pk, Books(ticket, Measures()))
        mine.measures = measured(told[ticket.pk], policy.switches if policy else Switches())


def measured(moments: Sequence[Moment], switches: Switches) -> Measures:
    """The measures after a history."""
    measures = Measures()
    for moment in moments:
        advance(measures, moment, switches)
    return measures

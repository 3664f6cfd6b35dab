"""What policies make of open tickets as they stand; the same for recounts and for what-if."""

from __future__ import annotations

from collections.abc import Sequence

from core import clock
from macros.sla.clocks import Books, apply
from macros.sla.loading import load_books, measure_anew
from macros.sla.metrics import rehouse
from macros.sla.policies import Policy, policy_for
from tickets.models import Ticket


def judged(tickets: Sequence[Ticket], policies: Sequence[Policy]) -> list[Books]:
    """The books of open tickets with the targets that these policies set now; nothing is written.

    Tickets that are under no policy and were under none are left out. Breaches are left to the
    tick, which tells the rules. Four queries, however many tickets.
    """
    books = load_books(tickets)
    matched = {ticket.pk: policy_for(ticket, policies) for ticket in tickets}
    unknown = [
        ticket for ticket in tickets
        if matched[ticket.pk]
        and not (ticket.pk in books and books[ticket.pk].version == ticket.version)
    ]  # fmt: skip
    measure_anew(unknown, matched, books)
    now = clock.now().timestamp()
    kept = [books[ticket.pk] for ticket in tickets if ticket.pk in books]
    for each in kept:
        policy = matched[each.ticket.pk]
        each.measures.at = max(each.measures.at, now)
        schedule_id = (policy.schedule_id if policy else None) or each.ticket.schedule_id
        rehouse(each.measures, each.measures.at, schedule_id)
        apply(each, policy, ())
    return kept

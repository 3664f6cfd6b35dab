"""The brake on loops across submits: rule → webhook → API → rule, or two desks that answer each
other (attack 50).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from core import clock
from macros.models import RuleKind, RuleRun
from macros.runs import FIRED
from tickets.changes import TicketChange
from tickets.models import Channel

WINDOW = timedelta(minutes=10)
SUBMITS = 30  # with fired triggers on one ticket in the window
EXPLANATION = (
    f"Triggers were stopped on this ticket: they had run in {SUBMITS} submits within "
    f"{int(WINDOW.total_seconds()) // 60} minutes, which looks like programs answering each other. "
    "This one would have run."
)


def too_busy(changes: Sequence[TicketChange]) -> set[int]:
    """Tickets on which triggers have fired in SUBMITS submits of the last minutes.

    Only of submits that a program may have made: a person at the screen is no loop, and a ticket
    that is new has none behind it. At most one query; a ticket's rows are bounded by the window.
    """
    asked = {
        change.ticket.pk
        for change in changes
        if not change.is_creation
        and not (change.actor.is_agent and change.actor.channel == Channel.WEB)
    }
    if not asked:
        return set()
    rows = RuleRun.objects.filter(
        ticket_id__in=asked, kind=RuleKind.TRIGGER, created_at__gt=clock.now() - WINDOW
    ).values_list("ticket_id", "results")
    fired = Counter(
        ticket_id for ticket_id, results in rows if any(row[2] == FIRED for row in results)
    )
    return {ticket_id for ticket_id, count in fired.items() if count >= SUBMITS}

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

WINDOW = timedelta(minutes=10)
SUBMITS = 30  # with fired triggers on one ticket in the window; people do not get there


def too_busy(ticket_ids: Sequence[int]) -> set[int]:
    """Tickets on which triggers have fired in more than SUBMITS submits of the last minutes.

    One query; the rows of a ticket are bounded by the window.
    """
    rows = RuleRun.objects.filter(
        ticket_id__in=ticket_ids, kind=RuleKind.TRIGGER, created_at__gt=clock.now() - WINDOW
    ).values_list("ticket_id", "results")
    fired = Counter(
        ticket_id for ticket_id, results in rows if any(row[2] == FIRED for row in results)
    )
    return {ticket_id for ticket_id, count in fired.items() if count >= SUBMITS}

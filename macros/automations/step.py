from __future__ import annotations

from collections.abc import Sequence

from macros.actions.automation_moments import plan_moments
from tickets.changes import TicketChange


def plan_due(changes: Sequence[TicketChange]) -> None:
    """The step of helpdesk/wiring.py; after triggers and SLA, which may change the ticket.

    Silent submits and imports too: an imported ticket is closed like any other.
    """
    plan_moments([change.ticket for change in changes], are_new=changes[0].is_creation)

from __future__ import annotations

from collections.abc import Sequence

from macros.actions.automation_moments import plan_moments
from macros.automations.compiled import invalid_automations
from macros.engine.failures import note_invalid
from macros.models import RuleKind
from tickets.changes import TicketChange


def plan_due(changes: Sequence[TicketChange]) -> None:
    """The step of helpdesk/wiring.py; after triggers and SLA, which may change the ticket.

    Silent submits and imports too: an imported ticket is closed like any other.
    """
    are_new = all(change.is_creation for change in changes)
    plan_moments([change.ticket for change in changes], are_new=are_new)
    if invalid := invalid_automations():
        note_invalid(invalid, changes[0], kind=RuleKind.AUTOMATION)

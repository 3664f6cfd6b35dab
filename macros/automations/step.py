from __future__ import annotations

from collections.abc import Sequence

from macros.actions.automation_moments import plan_moments
from macros.automations.compiled import active_automations
from macros.engine.failures import note_invalid
from macros.kept import revision_at
from macros.models import RuleKind
from tickets.changes import TicketChange


def plan_due(changes: Sequence[TicketChange]) -> None:
    """The step of helpdesk/wiring.py; after triggers and SLA, which may change the ticket.

    Silent submits and imports too: an imported ticket is closed like any other.
    """
    automations = active_automations(revision_at(changes))
    plan_moments(
        [change.ticket for change in changes], automations=automations.in_order,
        are_new=all(change.is_creation for change in changes),
    )  # fmt: skip
    if automations.invalid:
        note_invalid(automations.invalid, changes[0], kind=RuleKind.AUTOMATION)

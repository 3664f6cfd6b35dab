"""What time would do to one ticket through an automation, and when; nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from accounts.actor import system_actor
from core import clock
from macros.automations.compiled import CompiledAutomation, compile_automation
from macros.automations.moments import RUNS_LIMIT, aim, span_at
from macros.models import Automation, AutomationDue
from tickets.conditions import Situation
from tickets.models import Ticket


class Prospect(StrEnum):
    NOW = "now"  # its conditions hold: the next tick runs it
    PAUSED = "paused"  # they hold, but it ran less than an hour ago
    LATER = "later"  # they come to hold by time alone
    NEVER = "never"  # not unless something on the ticket changes
    DONE = "done"  # it has run, and they have held ever since
    FAILED = "failed"  # the same, but it did not succeed
    SPENT = "spent"  # it has run as often as it may
    LEFT_ALONE = "left_alone"  # the ticket is closed or deleted


@dataclass(frozen=True, slots=True)
class AutomationTrial:
    """An automation on a ticket as both are now; one that is off is tried as if it were on.

    `due_at` is when it looks at the ticket next if nothing changes until then: at once, later,
    or None. `runs` are those on this ticket so far, the latest at `ran_at`.
    """

    ticket: Ticket
    automation: CompiledAutomation
    now: datetime
    prospect: Prospect
    due_at: datetime | None
    runs: int
    ran_at: datetime | None

    @property
    def would_run(self) -> bool:
        """Whether it runs now, or by itself some time."""
        return self.prospect in (Prospect.NOW, Prospect.PAUSED, Prospect.LATER)

    def situation(self, at: datetime) -> Situation:
        """What its conditions are judged on, and what its effects are planned for."""
        actor = system_actor("Automation", **self.automation.cause)
        return Situation(ticket=self.ticket, actor=actor, now=at)


def automation_trial(automation: Automation, ticket: Ticket) -> AutomationTrial:
    """By what is kept of it on the ticket and the code that computes its moments.

    Raises InvalidCondition when the automation names what is no longer there.
    """
    compiled, now = compile_automation(automation), clock.now()
    rows = AutomationDue.objects.filter(automation=automation, ticket=ticket)
    row = rows.first() or AutomationDue(automation=automation, ticket=ticket)
    aim(row, compiled, ticket, now)
    prospect = _prospect(row, compiled, ticket, now)
    is_over = prospect in (Prospect.LEFT_ALONE, Prospect.SPENT)
    due_at = None if is_over else row.due_at
    return AutomationTrial(ticket, compiled, now, prospect, due_at, row.runs, row.ran_at)


def _prospect(
    row: AutomationDue, automation: CompiledAutomation, ticket: Ticket, now: datetime
) -> Prospect:
    """Of a row that has just been aimed."""
    if ticket.is_closed or ticket.is_deleted:
        return Prospect.LEFT_ALONE
    if row.runs >= RUNS_LIMIT:
        return Prospect.SPENT
    if row.done_version is not None:
        return Prospect.FAILED if row.has_failed else Prospect.DONE
    if row.due_at is None:
        return Prospect.NEVER
    if span_at(automation, ticket, now) is None:
        return Prospect.LATER
    return Prospect.PAUSED if row.due_at > now else Prospect.NOW

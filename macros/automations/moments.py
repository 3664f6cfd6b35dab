"""When an automation has to look at a ticket next. Rows are only set, not saved."""

from __future__ import annotations

from datetime import datetime, timedelta

from core import clock
from macros.automations.compiled import CompiledAutomation
from macros.models import AutomationDue
from tickets.conditions.due import EVER, Span, held
from tickets.models import Ticket

RUNS_LIMIT = 100  # on one ticket, Zendesk's
PAUSE = timedelta(hours=1)  # between two runs on one ticket, as long as Zendesk's cycle
_SOON = timedelta(seconds=5)


def span_at(automation: CompiledAutomation, ticket: Ticket, now: datetime) -> Span | None:
    """The time around `now` in which its conditions hold if the ticket stays as it is."""
    spans = held(automation.conditions, ticket)
    return next((span for span in spans if span[0] <= now < span[1]), None)


def aim(
    row: AutomationDue, automation: CompiledAutomation, ticket: Ticket, now: datetime
) -> None:  # fmt: skip
    """Set the moment of a row from the ticket as it is.

    It runs once for each time its conditions begin to hold. As long as they go on holding, whatever
    else happens to the ticket, it has done what it had to do; one that failed is tried again on the
    next version of the ticket. Two that undo each other's work run in turns of an hour (attack 50).
    """
    if ticket.is_deleted or row.runs >= RUNS_LIMIT:
        row.due_at = None
        return
    spans = held(automation.conditions, ticket)
    current = next((span for span in spans if span[0] <= now < span[1]), None)
    if current and _has_run(row, ticket, now):
        row.due_at = _beginning_after(spans, now)
        return
    row.done_version, row.held_until, row.has_failed = None, None, False
    if current is None:
        row.due_at = _beginning_after(spans, now)
    elif row.due_at is None or not current[0] <= row.due_at <= now:
        row.due_at = now
    if row.due_at and row.ran_at:
        row.due_at = max(row.due_at, row.ran_at + PAUSE)


def note_run(
    row: AutomationDue, automation: CompiledAutomation, ticket: Ticket, judged_at: datetime
) -> None:  # fmt: skip
    """Set a row to "has run", before the run changes the ticket."""
    span = span_at(automation, ticket, judged_at)
    row.held_until = span[1] if span and span[1] < EVER[1] else None
    row.done_version, row.ran_at = ticket.version + 1, clock.now()
    row.runs += 1
    row.due_at = None


def postpone(
    row: AutomationDue, automation: CompiledAutomation, ticket: Ticket, now: datetime
) -> None:  # fmt: skip
    """Set the next moment of one whose conditions did not hold when they were judged."""
    aim(row, automation, ticket, now)
    if row.due_at is not None and row.due_at <= now:
        # Computed a moment too early: business hours are counted in whole seconds. The longer it
        # takes, the less often it is asked.
        span = span_at(automation, ticket, now)
        row.due_at = now + max(_SOON, now - span[0] if span else _SOON)


def _has_run(row: AutomationDue, ticket: Ticket, now: datetime) -> bool:
    if row.done_version is None or (row.held_until is not None and row.held_until <= now):
        return False
    return not (row.has_failed and ticket.version > row.done_version)


def _beginning_after(spans: tuple[Span, ...], now: datetime) -> datetime | None:
    return next((begins for begins, _ in spans if begins > now), None)

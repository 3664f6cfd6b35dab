"""Automations whose moment has come: judged again on the locked ticket, then run."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction

from accounts.actor import Actor, system_actor
from core import clock
from core.bulk import update_columns
from macros.actions.automation_moments import plan_moments
from macros.automations.compiled import CompiledAutomation, active_automations
from macros.automations.moments import RUNS_LIMIT, note_run, postpone
from macros.effects import plan
from macros.engine.doing import carry_out
from macros.engine.failures import note_failure
from macros.engine.notices import send_notices
from macros.models import AutomationDue, RuleKind, RuleRun
from macros.runs import FAILED, FIRED, NOT_MET, Result
from macros.values import are_needed, values_for
from tickets.actions.acting import act_on_ticket
from tickets.changes import TicketChange
from tickets.conditions import Condition, Situation, first_unmet
from tickets.errors import TicketError
from tickets.models import EventType, Ticket

logger = logging.getLogger(__name__)

BATCH = 100  # tickets looked up at once
TURN = 10  # batches, so that a long backlog stays within the task's time limit
LATE = timedelta(minutes=1)
LATEST = timedelta(days=1)
_LATER = timedelta(minutes=10)


def tick_automations() -> int:
    """Run what is due, ticket by ticket, each in its own transaction. Returns how many tickets.

    A ticket that is being changed right now is left to the next tick: its change computes the
    moment anew. One that fails does not hold up the others.
    """
    handled = 0
    after: tuple[datetime | None, int] | None = None
    for _ in range(TURN):
        now = clock.now()
        rows = AutomationDue.objects.filter(due_at__lte=now, automation__is_active=True)
        if after:
            rows = rows.filter(due_at__gte=after[0]).exclude(due_at=after[0], pk__lte=after[1])
        due = list(rows.order_by("due_at", "id").values_list("due_at", "id", "ticket_id")[:BATCH])
        for ticket_id in dict.fromkeys(ticket_id for _, _, ticket_id in due):
            handled += _tick(ticket_id, now)
        if len(due) < BATCH:
            break
        after = due[-1][:2]
    return handled


def _tick(ticket_id: int, now: datetime) -> bool:
    try:
        return _run_due(ticket_id, now)
    except Exception:
        logger.exception("automation.tick_failed", extra={"ticket": ticket_id})
        due = AutomationDue.objects.filter(ticket=ticket_id, due_at__lte=now)
        due.update(due_at=now + _LATER)
        return False


@transaction.atomic
def _run_due(ticket_id: int, now: datetime) -> bool:
    """1. Lock the ticket. 2. One due row after the other, in the order of the automations: each
    sees what the one before has changed. 3. Note what became of them.
    """
    tickets = Ticket.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
    ticket = tickets.filter(pk=ticket_id).first()
    if ticket is None:
        return False
    automations = {each.id: each for each in active_automations().in_order}
    seen: list[int] = []
    unmet: list[Result] = []
    while row := _next_row(ticket_id, now, seen):
        seen.append(row.pk)
        automation = automations.get(row.automation_id)
        if automation is None or ticket.is_closed or ticket.is_deleted:
            _set(row, due_at=None)
            continue
        judged_at, condition = _judge(automation, row, ticket, now)
        if condition is None:
            ticket = _run(automation, row, ticket, judged_at)
            continue
        unmet.append(
            Result(automation.id, automation.revision, NOT_MET, automation.number_of(condition))
        )
        postpone(row, automation, ticket, now)
        _save(row)
    if unmet:
        _note_results(ticket, None, unmet)
    return bool(seen)


def _next_row(ticket_id: int, now: datetime, seen: list[int]) -> AutomationDue | None:
    rows = AutomationDue.objects.select_for_update(of=("self",), skip_locked=True)
    rows = rows.filter(ticket=ticket_id, due_at__lte=now, automation__is_active=True)
    ordered = rows.exclude(pk__in=seen).order_by("automation__position", "automation_id")
    return ordered.first()


def _judge(
    automation: CompiledAutomation, row: AutomationDue, ticket: Ticket, now: datetime
) -> tuple[datetime, Condition | None]:
    """As of now; what nobody was there to do in time, as of the moment it was due."""
    actor = _actor(automation)
    unmet = first_unmet(automation.conditions, Situation(ticket=ticket, actor=actor, now=now))
    due_at = row.due_at or now
    if unmet and LATE < now - due_at < LATEST:
        then = Situation(ticket=ticket, actor=actor, now=due_at)
        if first_unmet(automation.conditions, then) is None:
            return due_at, None
    return now, unmet


def _run(
    automation: CompiledAutomation, row: AutomationDue, ticket: Ticket, judged_at: datetime
) -> Ticket:
    """Run one. Returns the ticket as it is then; a failure is all that is left of one that fails.

    The row says that it has run before anything happens: the step that computes moments is a part
    of the submit.
    """
    note_run(row, automation, ticket, judged_at)
    _save(row, "runs", "ran_at")
    is_last = row.runs >= RUNS_LIMIT
    outcome, change = FIRED, None
    try:
        change = act_on_ticket(
            actor=_actor(automation), ticket_id=ticket.pk,
            act=lambda change: _act(automation, change, is_last=is_last),
        )  # fmt: skip
    except (TicketError, DatabaseError) as error:
        outcome = FAILED
        _set(row, has_failed=True)
        change = _fail(automation, ticket, error)
    if change is None:  # nothing to do: no submit that would compute the moments
        plan_moments([ticket])
    result = Result(automation.id, automation.revision, outcome)
    _note_results(ticket, change, [result])
    return change.ticket if change else ticket


def _act(automation: CompiledAutomation, change: TicketChange, *, is_last: bool) -> None:
    situation = Situation(ticket=change.ticket, actor=change.actor, now=clock.now(), change=change)
    values = values_for(situation) if are_needed(automation.effects) else {}
    made = plan(automation.effects, situation, values)
    # act_on_ticket saves the ticket's own row at the end.
    outbound = carry_out(made, change, cause=automation.cause, saves=not made.only_sets_columns)
    for _, error in send_notices(outbound):
        raise error
    if is_last:
        words = f"“{automation.title}” has run {RUNS_LIMIT} times on this ticket and ends here."
        change.add(EventType.ERROR, "rule", value=words, cause=automation.cause)


def _fail(automation: CompiledAutomation, ticket: Ticket, error: Exception) -> TicketChange | None:
    return act_on_ticket(
        actor=_actor(automation), ticket_id=ticket.pk,
        act=lambda change: note_failure(automation, change, error),
    )  # fmt: skip


def _actor(automation: CompiledAutomation) -> Actor:
    return system_actor("Automation", **automation.cause)


def _note_results(ticket: Ticket, change: TicketChange | None, results: list[Result]) -> None:
    RuleRun.objects.create(
        kind=RuleKind.AUTOMATION, ticket=ticket, audit=change.audit if change else None,
        results=[result.as_json() for result in results], created_at=clock.now(),
    )  # fmt: skip


def _set(row: AutomationDue, **values: object) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    update_columns([row], list(values))


def _save(row: AutomationDue, *more: str) -> None:
    update_columns([row], ["due_at", "done_version", "held_until", "has_failed", *more])

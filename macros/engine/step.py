"""One pass of the triggers over each submit.

1. From the top, in order; one trigger's change is seen by the next.
2. After a trigger has changed the ticket the pass begins again; each fires at most once in one
   submit, so the pass ends.
3. A trigger that fails is undone to its savepoint, noted as an Error event and on the rule, and its
   owner is told. The submit is kept whatever a rule does.
4. Notices are gathered and queued together at the end; so are the notes of what every trigger did.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext

from django.db import DatabaseError, transaction
from django.db.models import prefetch_related_objects

from core import clock
from macros.effects import plan
from macros.engine.compiled import CompiledTrigger, active_triggers
from macros.engine.doing import Outbound, carry_out
from macros.engine.failures import note_failure
from macros.engine.notices import send_notices
from macros.engine.rates import too_busy
from macros.models import RuleKind, RuleRun
from macros.runs import FAILED, FIRED, NOT_MET, STOPPED, Result
from macros.values import values_for
from tickets.changes import TicketChange
from tickets.conditions import Situation, first_unmet
from tickets.errors import TicketError
from tickets.models import EventType, Status


def run_triggers(changes: Sequence[TicketChange]) -> None:
    """The step of helpdesk/wiring.py. Imports, silent submits and releases run no triggers."""
    judged = [change for change in changes if not (change.is_silent or change.is_release)]
    if not judged:
        return
    triggers = active_triggers()
    # What texts and conditions name of a ticket: read once for all of them.
    prefetch_related_objects(
        [change.ticket for change in judged], "requester", "assignee", "group", "organization"
    )
    outbound: list[Outbound] = []
    runs = []
    busy = too_busy([change.ticket.pk for change in judged])
    for change in judged:
        if _was_closed(change):
            continue
        results = _run(change, triggers, outbound, is_busy=change.ticket.pk in busy)
        runs.append(
            RuleRun(
                kind=RuleKind.TRIGGER, ticket=change.ticket, audit=change.audit,
                results=[result.as_json() for result in results], created_at=clock.now(),
            )
        )  # fmt: skip
    send_notices(outbound)
    RuleRun.objects.bulk_create(runs)


def _was_closed(change: TicketChange) -> bool:
    """A closed ticket runs no triggers; the submit that closes it still does."""
    status = change.changed("status")
    return change.ticket.status == Status.CLOSED and status is None


def _run(
    change: TicketChange,
    triggers: Sequence[CompiledTrigger],
    outbound: list[Outbound],
    *,
    is_busy: bool,
) -> list[Result]:
    situation = Situation(ticket=change.ticket, actor=change.actor, now=clock.now(), change=change)
    results: dict[int, Result] = {}
    waiting = list(triggers)
    while waiting:
        for trigger in waiting:
            unmet = first_unmet(trigger.conditions, situation)
            if unmet is not None:
                results[trigger.id] = Result(
                    trigger.id, trigger.revision, NOT_MET, trigger.number_of(unmet)
                )
                continue
            before = len(change.events)
            results[trigger.id] = _fire(trigger, change, situation, outbound, is_busy=is_busy)
            waiting = [each for each in waiting if each.id != trigger.id]
            if len(change.events) > before:
                break  # the ticket is different: from the top again
        else:
            break
    return list(results.values())


def _fire(
    trigger: CompiledTrigger,
    change: TicketChange,
    situation: Situation,
    outbound: list[Outbound],
    *,
    is_busy: bool,
) -> Result:
    if is_busy:
        words = f"“{trigger.title}” was stopped: rules have run too often on this ticket."
        change.add(EventType.ERROR, "rule", value=words, cause=trigger.cause)
        return Result(trigger.id, trigger.revision, STOPPED)
    mark = len(change.events)
    try:
        made = plan(trigger.effects, situation, values_for(situation))
        # A savepoint only for what writes: a batch of new tickets that are all acknowledged
        # shall not cost two statements each.
        with transaction.atomic() if made.writes else nullcontext():
            outbound += carry_out(made, change, cause=trigger.cause)
    except (TicketError, DatabaseError) as error:
        del change.events[mark:]
        note_failure(trigger, change, error)
        return Result(trigger.id, trigger.revision, FAILED)
    return Result(trigger.id, trigger.revision, FIRED)

from celery import shared_task

from core import nudge
from macros.actions import automation_runs, automation_sweeps, bulk, routing, runs, sla_ticks
from macros.actions.automation_sweeps import SWEEP_TASK
from macros.actions.bulk import BULK_TASK
from macros.actions.queue import ROUTE_TASK
from macros.actions.rehearsals import REHEARSE_TASK, rehearse_some
from macros.actions.sla_recounts import RECOUNT_TASK, recount_some
from macros.webhooks import call_due
from macros.webhooks.subscribers import CALL_TASK
from tickets.actions.bulk import expire_bulk

BULK_EXPIRY_TASK = "macros.tasks.forget_bulk"
AUTOMATIONS_TASK = "macros.tasks.tick_automations"
RUNS_TASK = "macros.tasks.expire_runs"
SLA_TASK = "macros.tasks.tick_sla"


@shared_task(name=SLA_TASK, queue="default")
def tick_sla() -> None:
    """One batch, then another turn in the queue."""
    nudge.take(SLA_TASK)
    if sla_ticks.tick_sla() >= sla_ticks.BATCH:
        nudge.nudge(SLA_TASK)


@shared_task(name=RECOUNT_TASK, queue="default")
def recount_sla() -> None:
    """One batch, then another turn in the queue."""
    nudge.take(RECOUNT_TASK)
    if recount_some():
        nudge.nudge(RECOUNT_TASK)


@shared_task(name=CALL_TASK, queue="default")
def call_webhooks() -> None:
    """One round, then another turn in the queue: what comes in goes before what goes out."""
    nudge.take(CALL_TASK)
    if call_due():
        nudge.nudge(CALL_TASK)


@shared_task(name=RUNS_TASK, queue="default")
def expire_runs() -> None:
    """One batch, then another turn in the queue."""
    nudge.take(RUNS_TASK)
    if runs.expire_runs():
        nudge.nudge(RUNS_TASK)


@shared_task(name=AUTOMATIONS_TASK, queue="default")
def tick_automations() -> None:
    """Some batches, then another turn in the queue."""
    nudge.take(AUTOMATIONS_TASK)
    if automation_runs.tick_automations() >= automation_runs.BATCH:
        nudge.nudge(AUTOMATIONS_TASK)


@shared_task(name=SWEEP_TASK, queue="default")
def sweep_automations() -> None:
    """Some batches, then another turn in the queue."""
    nudge.take(SWEEP_TASK)
    if automation_sweeps.sweep_automations():
        nudge.nudge(SWEEP_TASK)


@shared_task(name=ROUTE_TASK, queue="default")
def route_waiting() -> None:
    """One turn of the routing queue, then another turn in the queue of tasks."""
    nudge.take(ROUTE_TASK)
    if routing.route_waiting() >= routing.TURN:
        nudge.nudge(ROUTE_TASK)


@shared_task(name=REHEARSE_TASK, queue="default")
def rehearse() -> None:
    """Some seconds, then another turn in the queue: mail that comes in does not wait for it."""
    nudge.take(REHEARSE_TASK)
    if rehearse_some():
        nudge.nudge(REHEARSE_TASK)


@shared_task(name=BULK_TASK, queue="default")
def run_bulk() -> None:
    """Some seconds, then another turn in the queue: mail that comes in does not wait for it."""
    nudge.take(BULK_TASK)
    if bulk.run_bulk():
        nudge.nudge(BULK_TASK)


@shared_task(name=BULK_EXPIRY_TASK, queue="default")
def forget_bulk() -> None:
    expire_bulk()

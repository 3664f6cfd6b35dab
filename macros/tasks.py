from celery import shared_task

from core import nudge
from macros.actions import automation_runs, automation_sweeps, sla_ticks
from macros.actions.automation_sweeps import SWEEP_TASK
from macros.actions.sla_recounts import RECOUNT_TASK, recount_some

AUTOMATIONS_TASK = "macros.tasks.tick_automations"
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

from celery import shared_task

from core import nudge
from macros.actions import sla_ticks
from macros.actions.sla_recounts import RECOUNT_TASK, recount_some

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

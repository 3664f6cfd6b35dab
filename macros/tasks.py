from celery import shared_task

from core import nudge
from macros.actions import runs, sla_ticks
from macros.actions.sla_recounts import RECOUNT_TASK, recount_some
from macros.webhooks import call_due
from macros.webhooks.subscribers import CALL_TASK

EXPIRY_TASK = "macros.tasks.expire_runs"
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


@shared_task(name=EXPIRY_TASK, queue="default")
def expire_runs() -> None:
    """One batch, then another turn in the queue."""
    nudge.take(EXPIRY_TASK)
    if runs.expire_runs():
        nudge.nudge(EXPIRY_TASK)

from celery import shared_task

from core import nudge
from tickets.actions import forget_old_drafts
from web.live import presence_sweep

DRAFTS_TASK = "web.tasks.forget_drafts"


@shared_task(name="web.tasks.follow_presence", queue="default")
def follow_presence() -> None:
    presence_sweep.follow_presence()


@shared_task(name=DRAFTS_TASK, queue="default")
def forget_drafts() -> None:
    """One batch, then another turn in the queue."""
    nudge.take(DRAFTS_TASK)
    if forget_old_drafts():
        nudge.nudge(DRAFTS_TASK)

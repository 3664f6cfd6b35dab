from celery import shared_task

from accounts.actions import forget_dead_devices
from core import nudge
from tickets.actions import forget_old_drafts
from web.live import presence_sweep
from web.notifications import digest, push
from web.notifications.subscribers import PUSH_TASK

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


@shared_task(name=PUSH_TASK, queue="default", soft_time_limit=110, time_limit=120)
def push_notifications() -> None:
    nudge.take(PUSH_TASK)
    if push.push_due() >= push.BATCH:
        nudge.nudge(PUSH_TASK)


@shared_task(name="web.tasks.send_digests", queue="default", soft_time_limit=280, time_limit=300)
def send_digests() -> None:
    digest.send_due()


@shared_task(name="web.tasks.forget_devices", queue="default")
def forget_devices() -> None:
    forget_dead_devices()

from celery import shared_task

from core import nudge, outbox


@shared_task(name=outbox.DRAIN_TASK, queue="default")
def drain_outbox() -> None:
    nudge.take(outbox.DRAIN_TASK)
    if outbox.drain() >= outbox.BATCH:  # there was a backlog: perhaps there still is
        nudge.nudge(outbox.DRAIN_TASK)

from celery import shared_task

from web.live import presence_sweep


@shared_task(name="web.tasks.follow_presence", queue="default")
def follow_presence() -> None:
    presence_sweep.follow_presence()

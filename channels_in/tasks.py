from celery import shared_task

from channels_in import actions, funnel
from channels_in.actions import awaited
from channels_in.actions.awaited_files import FETCH_TASK
from channels_in.networks import fetching, polling
from channels_in.receive import PROCESS_TASK
from core import nudge

SEND_TASK = "channels_in.tasks.send_deliveries"
POLL_TASK = "channels_in.tasks.poll_networks"
EXPIRY_TASK = "channels_in.tasks.expire_suspended"
SCRUB_TASK = "channels_in.tasks.scrub_deleted"
AWAITED_TASK = "channels_in.tasks.forget_awaited"


@shared_task(name=PROCESS_TASK, queue="inbound")
def process_inbound() -> None:
    nudge.take(PROCESS_TASK)
    if funnel.process_due() >= funnel.BATCH:  # there was a backlog: perhaps there still is
        nudge.nudge(PROCESS_TASK)


@shared_task(name=SEND_TASK, queue="default")
def send_deliveries() -> None:
    """One batch, then another turn in the queue: what comes in goes before what goes out."""
    nudge.take(SEND_TASK)
    if actions.send_due():
        nudge.nudge(SEND_TASK)


@shared_task(name=POLL_TASK, queue="default")
def poll_networks() -> None:
    """The accounts that are due, then another turn in the queue."""
    nudge.take(POLL_TASK)
    if polling.poll_due():
        nudge.nudge(POLL_TASK)


@shared_task(name=FETCH_TASK, queue="default")
def fetch_files() -> None:
    """One batch, then another turn in the queue."""
    nudge.take(FETCH_TASK)
    if fetching.fetch_due_files():
        nudge.nudge(FETCH_TASK)


@shared_task(name=EXPIRY_TASK, queue="default")
def expire_suspended() -> None:
    """One batch, then another turn in the queue."""
    nudge.take(EXPIRY_TASK)
    if actions.expire_suspended():
        nudge.nudge(EXPIRY_TASK)


@shared_task(name=AWAITED_TASK, queue="default")
def forget_awaited() -> None:
    awaited.forget_awaited()


@shared_task(name=SCRUB_TASK, queue="default")
def scrub_deleted() -> None:
    """One batch, then another turn in the queue."""
    nudge.take(SCRUB_TASK)
    if actions.scrub_due():
        nudge.nudge(SCRUB_TASK)

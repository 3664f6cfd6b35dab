from celery import shared_task

from channels_in import actions, funnel
from channels_in.actions import awaited, stream
from channels_in.actions.awaited_files import FETCH_TASK
from channels_in.actions.stream import posts
from channels_in.actions.stream.decisions import DEEDS_TASK
from channels_in.networks import fetching, polling, renewing
from channels_in.receive import PROCESS_TASK
from core import nudge

SEND_TASK = "channels_in.tasks.send_deliveries"
POLL_TASK = "channels_in.tasks.poll_networks"
RENEW_TASK = "channels_in.tasks.renew_sign_ins"
EXPIRY_TASK = "channels_in.tasks.expire_suspended"
SCRUB_TASK = "channels_in.tasks.scrub_deleted"
INCIDENTS_TASK = "channels_in.tasks.look_for_incidents"
STREAM_EXPIRY_TASK = "channels_in.tasks.expire_posts"
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


@shared_task(name=RENEW_TASK, queue="default")
def renew_sign_ins() -> None:
    """The sign-ins that are due, then another turn in the queue."""
    nudge.take(RENEW_TASK)
    if renewing.renew_due():
        nudge.nudge(RENEW_TASK)


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


@shared_task(name=DEEDS_TASK, queue="default")
def do_deeds() -> None:
    """One batch of likes, statements, edits; then another turn in the queue."""
    nudge.take(DEEDS_TASK)
    if stream.do_due():
        nudge.nudge(DEEDS_TASK)


@shared_task(name=INCIDENTS_TASK, queue="default")
def look_for_incidents() -> None:
    stream.look_for_incidents()


@shared_task(name=STREAM_EXPIRY_TASK, queue="default")
def expire_posts() -> None:
    """One batch, then another turn in the queue."""
    nudge.take(STREAM_EXPIRY_TASK)
    if posts.expire_posts():
        nudge.nudge(STREAM_EXPIRY_TASK)

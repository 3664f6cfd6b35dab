from collections.abc import Sequence

from channels_in.tasks import SEND_TASK
from core.nudge import nudge
from core.outbox import Message


def nudge_deliveries(messages: Sequence[Message]) -> None:
    """Wake the sender when a change has queued something to send."""
    if any(message.payload.get("deliveries") for message in messages):
        nudge(SEND_TASK)

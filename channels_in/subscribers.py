from collections.abc import Sequence

from channels_in.actions import scrub_items
from channels_in.actions.chat import end_missed_offers as end_missed
from channels_in.tasks import SEND_TASK
from core.nudge import nudge
from core.outbox import Message


def nudge_deliveries(messages: Sequence[Message]) -> None:
    """Wake the sender when a change has queued something to send."""
    changes = (change for message in messages for change in message.payload["changes"])
    if any(change["deliveries"] for change in changes):
        nudge(SEND_TASK)


def scrub_raw_messages(messages: Sequence[Message]) -> None:
    """Empty the raw mail of tickets that were emptied."""
    for message in messages:
        scrub_items(ticket_id=message.payload["ticket"])


def end_missed_offers(_messages: Sequence[Message]) -> None:
    """Chats that rang for long enough ring at the next agent."""
    end_missed()

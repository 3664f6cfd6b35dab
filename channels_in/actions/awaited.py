"""Messages that were answered before they came: who waits for them, and when they need not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from channels_in.letters import Letter
from channels_in.models import AwaitedMessage
from core import clock

PARENTS = 5  # of the answered ids, from the nearest one on
PATIENCE = timedelta(days=30)


def note_arrivals(channel: str, letters: Sequence[Letter], *, opened: Sequence[Letter]) -> None:
    """Remember what the messages answer that is not here yet: it belongs to the same ticket.

    Asked for those that opened a ticket and those that were awaited themselves; whatever else is a
    reply has found its parent. Nobody waits any more for what has come.
    """
    came = [letter for letter in letters if letter.match.was_awaited]
    rows = [
        AwaitedMessage(
            channel=channel, message_id=message_id, ticket=ticket, created_at=clock.now()
        )
        for letter in (*opened, *came)
        if (ticket := letter.item.ticket)
        for message_id in _answered(letter)
    ]  # fmt: skip
    AwaitedMessage.objects.bulk_create(rows, ignore_conflicts=True)
    if came:
        ids = [letter.message.message_id for letter in came]
        AwaitedMessage.objects.filter(channel=channel, message_id__in=ids).delete()


def _answered(letter: Letter) -> list[str]:
    """The nearest answered ids; none for a follow-up or a forward, whose ticket is another one."""
    message = letter.message
    is_own_ticket = letter.match.ticket_id is None or letter.match.was_awaited
    if letter.forwarder or not is_own_ticket:
        return []
    nearest = dict.fromkeys([*message.in_reply_to, *reversed(message.references)])
    return [message_id for message_id in nearest if len(message_id) <= 255][:PARENTS]


def forget_awaited() -> int:
    """Give up on messages that never came; returns how many. Run by the timetable."""
    old = AwaitedMessage.objects.filter(created_at__lt=clock.now() - PATIENCE)
    return old.delete()[0]

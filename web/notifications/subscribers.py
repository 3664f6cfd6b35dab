"""Called by the outbox drain in the worker: open pages hear the number, browsers are pushed to."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

from core.nudge import nudge
from core.outbox import Message
from notifications.selectors import unread_counts
from web.live import groups

PUSH_TASK = "web.tasks.push_notifications"


def announce(messages: Sequence[Message]) -> None:
    """Tell the pages of each person how many are unread; however many messages, once."""
    people = {pk for message in messages for pk in message.payload["users"]}
    async_to_sync(_send)(unread_counts(people))
    nudge(PUSH_TASK)


async def _send(counts: dict[int, int]) -> None:
    layer = get_channel_layer()
    await asyncio.gather(
        *(
            layer.group_send(groups.of_user(pk), groups.notifications_changed(pk, count))
            for pk, count in counts.items()
        )
    )

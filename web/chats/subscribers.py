"""Called by the outbox drain in the worker: desks look again. Names only, never content."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

from core.outbox import Message
from web.live import groups

_MOVES = {"queued", "offered", "withdrawn", "accepted", "held", "resumed", "ended", "joined"}


def announce_words(messages: Sequence[Message]) -> None:
    """Topic `ticket.changed`: somebody wrote in chats; mail costs nothing."""
    facts = [change for message in messages for change in message.payload["changes"]]
    said = {
        fact["ticket"] for fact in facts if fact.get("comment") and fact.get("channel") == "chat"
    }
    _send({groups.of_desk(ticket_id) for ticket_id in said})


def announce_chats(messages: Sequence[Message]) -> None:
    """Topic `chat.changed`: the chat's own desks, whom it rings at, and who sees the queue."""
    names = set()
    for message in messages:
        fact = message.payload
        names.add(groups.of_desk(fact["ticket"]))
        names |= {groups.of_calls(pk) for pk in (fact["agent"], fact["offered_to"]) if pk}
        if fact["kind"] in _MOVES:
            names.add(groups.QUEUE)
    _send(names)


def _send(names: Collection[str]) -> None:
    if names:
        async_to_sync(_send_all)(names)


async def _send_all(names: Collection[str]) -> None:
    layer = get_channel_layer()
    await asyncio.gather(*[layer.group_send(name, groups.desk_changed(name)) for name in names])

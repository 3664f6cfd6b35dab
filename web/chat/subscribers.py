"""Called by the outbox drain in the worker: tells visitors' pages what changed."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

from core.outbox import Message
from web.chat import groups

_MOVES_QUEUE = {"queued", "accepted", "ended", "withdrawn"}


def tell_visitors(messages: Sequence[Message]) -> None:
    """Topic `ticket.changed`: public words of chats, by ticket; mail's cost one empty send."""
    said: dict[int, list[int]] = {}
    for message in messages:
        for fact in message.payload["changes"]:
            if fact.get("comment") and fact.get("is_public") and fact.get("channel") == "chat":
                said.setdefault(fact["ticket"], []).append(fact["comment"])
    _send([(groups.of_chat(pk), groups.said(pk, ids)) for pk, ids in said.items()])


def tell_chats(messages: Sequence[Message]) -> None:
    """Topic `chat.changed`: each chat's followers once a kind, each moved queue once."""
    facts = [message.payload for message in messages]
    sends = {
        (groups.of_chat(fact["ticket"]), fact["kind"]): groups.changed(fact["ticket"], fact["kind"])
        for fact in facts
    }
    sends |= {
        (groups.of_visitor(fact["visitor"]), "queued"): groups.changed(fact["ticket"], "queued")
        for fact in facts
        if fact["kind"] == "queued"
    }
    sends |= {
        (groups.of_queue(fact["account"]), "moved"): groups.queue_moved()
        for fact in facts
        if fact["kind"] in _MOVES_QUEUE
    }
    _send([(group, message) for (group, _), message in sends.items()])


def _send(pairs: Sequence[tuple[str, dict[str, Any]]]) -> None:
    if pairs:
        async_to_sync(_send_all)(pairs)


async def _send_all(pairs: Sequence[tuple[str, dict[str, Any]]]) -> None:
    layer = get_channel_layer()
    sends: list[Coroutine[Any, Any, None]] = [layer.group_send(*pair) for pair in pairs]
    await asyncio.gather(*sends)

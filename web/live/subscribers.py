"""Called by the outbox drain in the worker: tells the websockets what changed, once a ticket."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

from core.outbox import Message
from web.live import groups

Fact = dict[str, Any]  # one change of an outbox payload: ticket, version, kind, comment, …
MOST_LISTED = 500  # tickets in one message to the lists


def announce_changes(messages: Sequence[Message]) -> None:
    """Send one message to each changed ticket's group and one with all of them to the lists.

    However many changes a batch has, an open list hears of them once; so 500 open lists ask the
    database 500 times, not 500 times a change.
    """
    by_ticket: dict[int, list[Fact]] = {}
    for message in messages:
        for fact in message.payload["changes"]:
            by_ticket.setdefault(fact["ticket"], []).append(fact)
    if by_ticket:
        async_to_sync(_send)(by_ticket)


async def _send(by_ticket: dict[int, list[Fact]]) -> None:
    layer = get_channel_layer()
    kinds = {ticket_id: {fact["kind"] for fact in facts} for ticket_id, facts in by_ticket.items()}
    # Nobody can be looking at a ticket that did not exist before: an import stays cheap.
    sends = [
        layer.group_send(groups.of_ticket(ticket_id), _about(ticket_id, facts))
        for ticket_id, facts in by_ticket.items()
        if kinds[ticket_id] != {"created"}
    ]
    listed = [pk for pk in by_ticket if kinds[pk] != {"delivery"}]
    if listed:
        changes = [
            {"id": pk, "kind": "created" if "created" in kinds[pk] else "updated"}
            for pk in listed[-MOST_LISTED:]
        ]
        message = groups.tickets_changed(changes, others=len(listed) > MOST_LISTED)
        sends.append(layer.group_send(groups.ALL_TICKETS, message))
    await asyncio.gather(*sends)


def _about(ticket_id: int, facts: Sequence[Fact]) -> Fact:
    versions = [fact["version"] for fact in facts if fact.get("version")]
    kinds = {fact["kind"] for fact in facts}
    if any(fact.get("comment") for fact in facts):
        kinds.add("comment")
    return groups.ticket_changed(ticket_id, max(versions, default=None), sorted(kinds))

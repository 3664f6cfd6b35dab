"""Called by the outbox drain in the worker: tells the websockets what changed, once a ticket."""

from __future__ import annotations

import asyncio
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

from core.outbox import Message
from web.live import groups


def announce_changes(messages: list[Message]) -> None:
    """Send one message to each changed ticket's group and one with all of them to the lists.

    However many changes a batch has, an open list hears of them once; so 500 open lists ask the
    database 500 times, not 500 times a change.
    """
    by_ticket: dict[int, list[dict[str, Any]]] = {}
    for message in messages:
        for change in message.payload["changes"]:
            by_ticket.setdefault(change["ticket"], []).append(change)
    async_to_sync(_send)(by_ticket)


async def _send(by_ticket: dict[int, list[dict[str, Any]]]) -> None:
    layer = get_channel_layer()
    sends = [
        layer.group_send(groups.of_ticket(ticket_id), _about(ticket_id, payloads))
        for ticket_id, payloads in by_ticket.items()
        if not any(payload["kind"] == "created" for payload in payloads)  # nobody watches it yet
    ]
    changes = [
        {"id": ticket_id, "kind": _strongest(payloads)}
        for ticket_id, payloads in by_ticket.items()
        if any(payload["kind"] != "delivery" for payload in payloads)
    ]
    if changes:
        sends.append(layer.group_send(groups.ALL_TICKETS, groups.tickets_changed(changes)))
    await asyncio.gather(*sends)


def _about(ticket_id: int, payloads: list[dict[str, Any]]) -> dict[str, Any]:
    versions = [payload["version"] for payload in payloads if payload.get("version")]
    kinds = {payload["kind"] for payload in payloads}
    if any(payload.get("comment") for payload in payloads):
        kinds.add("comment")
    return groups.ticket_changed(ticket_id, max(versions, default=None), sorted(kinds))


def _strongest(payloads: list[dict[str, Any]]) -> str:
    return "created" if any(payload["kind"] == "created" for payload in payloads) else "updated"

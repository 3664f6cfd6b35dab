"""The channel groups and what is sent to them: ids, versions and kinds only."""

from __future__ import annotations

from typing import Any

ALL_TICKETS = "tickets"
ALL_PRESENCE = "presence"  # comings and goings at any ticket; for hubs alone


def of_ticket(ticket_id: int) -> str:
    return f"ticket.{ticket_id}"


def ticket_changed(ticket_id: int, version: int | None, kinds: list[str]) -> dict[str, Any]:
    return {"type": "ticket.changed", "ticket": ticket_id, "version": version, "kinds": kinds}


def tickets_changed(changes: list[dict[str, Any]], *, others: bool) -> dict[str, Any]:
    """`changes`: [{"id": 42, "kind": "created"}, …]; `others`: more changed than are named."""
    return {"type": "tickets.changed", "tickets": changes, "others": others}


def presence_changed(ticket_id: int) -> dict[str, Any]:
    return {"type": "presence.changed", "ticket": ticket_id}


def of_user(user_id: int) -> str:
    return f"user.{user_id}"


QUEUE = "queue.0"  # every chat that comes, waits or goes


def of_desk(ticket_id: int) -> str:
    """Who has a chat at their desk, on whatever page; they do not count as looking at it."""
    return f"desk.{ticket_id}"


def of_calls(user_id: int) -> str:
    """Where chats ring at somebody."""
    return f"calls.{user_id}"


def desk_changed(name: str) -> dict[str, Any]:
    return {"type": "desk.changed", "name": name}


def notifications_changed(user_id: int, unread: int) -> dict[str, Any]:
    return {"type": "notifications.changed", "user": user_id, "unread": unread}

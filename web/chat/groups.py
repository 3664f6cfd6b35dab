"""The channel groups of live chat and what is sent to them: ids and kinds only."""

from __future__ import annotations

from typing import Any


def of_chat(ticket_id: int) -> str:
    """Who follows a chat from the visitor's side; by its ticket, so that nothing is looked up."""
    return f"chat.{ticket_id}"


def of_visitor(visitor_id: int) -> str:
    """The pages of one visitor, which have no chat yet."""
    return f"visitor.{visitor_id}"


def of_queue(account_id: int) -> str:
    """Everybody who waits at one widget."""
    return f"chat.queue.{account_id}"


def said(ticket_id: int, comment_ids: list[int]) -> dict[str, Any]:
    return {"type": "chat.said", "ticket": ticket_id, "comments": comment_ids}


def changed(ticket_id: int, kind: str) -> dict[str, Any]:
    return {"type": "chat.changed", "ticket": ticket_id, "kind": kind}


def queue_moved() -> dict[str, Any]:
    return {"type": "queue.moved"}


def agent_types(ticket_id: int, name: str) -> dict[str, Any]:
    return {"type": "agent.types", "ticket": ticket_id, "name": name}


def visitor_types(ticket_id: int, is_typing: bool) -> dict[str, Any]:
    """For the agents' pages that watch the ticket."""
    return {"type": "visitor.types", "ticket": ticket_id, "typing": is_typing}

"""What the widget is told, as JSON: a chat as its visitor may know it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from channels_in.chat import presence
from channels_in.chat.conversation import ShownMessage, latest_chat, messages_after
from channels_in.chat.queue import place_in
from channels_in.models import Chat, ChatState, Visitor
from tickets.models import Score

_ANSWERED = {
    Score.GOOD: "good", Score.GOOD_WITH_COMMENT: "good",
    Score.BAD: "bad", Score.BAD_WITH_COMMENT: "bad",
}  # fmt: skip


def welcome(visitor: Visitor, *, after: int = 0) -> tuple[Chat | None, dict[str, Any]]:
    """The state a page begins with: its chat, and the messages that it may not have."""
    presence.note_here(visitor.key)
    chat = latest_chat(visitor)
    said = messages_after(chat) if chat else []
    if chat and after and said and said[0].id > after:
        said = messages_after(chat, after) or said
    return chat, {
        "visitor": visitor_json(visitor),
        "chat": chat_json(chat) if chat else None,
        "messages": messages_json(said),
    }


def visitor_json(visitor: Visitor) -> dict[str, Any]:
    return {"name": visitor.name, "email": visitor.email, "is_known": visitor.is_verified}


def chat_json(chat: Chat) -> dict[str, Any]:
    """`agent` is who speaks now; `read` the last of the visitor's words that they have seen."""
    agent = chat.agent
    return {
        "key": chat.key,
        "state": "waiting" if chat.state == ChatState.OFFERED else chat.state,
        "agent": {"name": agent.first_name, "initials": agent.initials} if agent else None,
        "place": place_json(chat),
        "read": chat.house_read,
        "got": chat.visitor_got,
        "seen": chat.visitor_read,
        "rated": _ANSWERED.get(Score(chat.ticket.satisfaction), ""),
        "was_answered": chat.first_accepted_at is not None,
    }


def place_json(chat: Chat) -> dict[str, Any] | None:
    """How many are before it and the seconds it is likely to take; None for one that is not in
    the queue.
    """
    if not chat.is_queued:
        return None
    place = place_in(chat.account_id, chat.pk)
    return {"ahead": place.ahead, "seconds": place.seconds} if place else None


def messages_json(messages: Sequence[ShownMessage]) -> list[dict[str, Any]]:
    return [
        {
            "id": said.id, "own": said.is_own, "author": said.author, "text": said.text,
            "at": said.at.isoformat(), "client_id": said.client_id,
            "files": [
                {"name": file.name, "size": file.size, "url": file.url, "image": file.is_image}
                for file in said.files
            ],
        }
        for said in messages
    ]  # fmt: skip

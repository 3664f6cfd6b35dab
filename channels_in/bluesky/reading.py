"""Stored messages of Bluesky, understood. Pure.

A stored post is a notification (`app.bsky.notification.listNotifications#notification`) with the
author's followers and our own DID beside it; a direct message a `chat.bsky.convo.defs#messageView`.
People are known by their DID: handles change owners.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from accounts.models import IdentityKind
from channels_in.adapters import UnreadableMessage
from channels_in.messages import Handle, IncomingMessage
from channels_in.social.network import Facts
from core.text import storable

APP = "https://bsky.app"


def message_of(raw: bytes) -> IncomingMessage:
    """Raises UnreadableMessage."""
    stored = _stored(raw)
    try:
        return _direct(stored) if stored["type"] == "dm" else _post(stored["notification"])
    except (KeyError, TypeError, AttributeError) as error:
        raise UnreadableMessage(f"Bluesky's message lacks {error}.") from error


def facts_of(raw: bytes) -> Facts:
    """What a stored post says besides its text. Raises UnreadableMessage."""
    stored = _stored(raw)
    if stored.get("type") == "dm":
        return Facts()
    told = stored["notification"]
    record = told["record"]
    parent = ((record.get("reply") or {}).get("parent") or {}).get("uri", "")
    languages = record.get("langs") or [""]
    return Facts(
        handle=f"@{told['author']['handle']}",
        followers=stored.get("followers"),
        language=str(languages[0])[:8],
        answers_us=parent.startswith(f"at://{stored.get('us')}/"),
        quotes_us=told.get("reason") == "quote",
    )


def url_of(uri: str, name: str) -> str:
    """The post as people see it; empty for what is no post."""
    parts = uri.removeprefix("at://").split("/")
    if len(parts) != 3 or parts[1] != "app.bsky.feed.post":
        return ""
    return f"{APP}/profile/{name or parts[0]}/post/{parts[2]}"


def _stored(raw: bytes) -> dict[str, Any]:
    try:
        stored = json.loads(raw)
    except ValueError as error:
        raise UnreadableMessage("What is stored is no JSON.") from error
    if not isinstance(stored, dict) or "type" not in stored:
        raise UnreadableMessage("What is stored is no message of Bluesky.")
    return stored


def _post(told: dict[str, Any]) -> IncomingMessage:
    record, uri = told["record"], told["uri"]
    reply = record.get("reply") or {}
    parent = (reply.get("parent") or {}).get("uri", "")
    root = (reply.get("root") or {}).get("uri", "") or uri
    author = _handle(told["author"])
    text = storable(record.get("text") or "") or _without_words(record)
    return IncomingMessage(
        subject=_subject(text), author=author, text=text, reply_text=text,
        conversation=f"{root}#{author.value}"[:255], is_private=False,
        url=url_of(uri, told["author"]["handle"]), date=_instant(told.get("indexedAt")),
        message_id=uri, in_reply_to=(parent,) if parent else (),
        references=(root,) if root != uri else (),
    )  # fmt: skip


def _direct(stored: dict[str, Any]) -> IncomingMessage:
    message = stored["message"]
    text = storable(message.get("text") or "")
    return IncomingMessage(
        subject=_subject(text), author=_handle(stored["sender"]), text=text, reply_text=text,
        conversation=f"dm:{stored['convo']}"[:255], is_private=True,
        date=_instant(message.get("sentAt")), message_id=f"dm:{stored['convo']}:{message['id']}",
    )  # fmt: skip


def _handle(author: dict[str, Any]) -> Handle:
    return Handle(
        IdentityKind.BLUESKY, author["did"].lower()[:254],
        storable(author.get("displayName") or author["handle"])[:200],
        url=f"{APP}/profile/{author['handle']}",
    )  # fmt: skip


def _without_words(record: dict[str, Any]) -> str:
    """A post of pictures alone is what their descriptions say."""
    images = (record.get("embed") or {}).get("images") or []
    described = [storable(image.get("alt") or "") for image in images]
    return "\n".join(filter(None, described))


def _subject(text: str) -> str:
    return " ".join(text.split())[:100]


def _instant(written: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(written) if written else None
    except ValueError:
        return None

"""A chat as a text to keep, and the link under which it can be read for a week."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from channels_in.chat.conversation import transcript_of
from channels_in.models import Chat
from core import clock, ids

LASTS = timedelta(days=7)
_PURPOSE = "chat-transcript"


def text_of(chat: Chat, *, time_zone: str = "") -> str:
    """One paragraph a message: time, name, words, names of files."""
    zone = ZoneInfo(time_zone) if time_zone else UTC
    parts = []
    for message in transcript_of(chat):
        head = f"[{message.at.astimezone(zone):%Y-%m-%d %H:%M}] {message.author}:"
        files = [f"({file.name})" for file in message.files]
        parts.append("\n".join([head, *filter(None, [message.text]), *files]))
    return "\n\n".join(parts)


def link_token(chat: Chat) -> str:
    return ids.sign(_PURPOSE, chat.pk, int((clock.now() + LASTS).timestamp()))


def read_link_token(token: str) -> int | None:
    """The chat's id of a link that has not ended; None for anything else."""
    numbers = ids.read(_PURPOSE, token)
    if numbers is None or len(numbers) != 2:
        return None
    chat_id, ends = numbers
    return chat_id if clock.now() < datetime.fromtimestamp(ends, UTC) else None

"""Stored notifications of Mastodon (docs.joinmastodon.org/entities/Notification), read. Pure.

People are known by their full name, `person@server`; statuses by their id on our own server.
"""

from __future__ import annotations

from django.utils.dateparse import parse_datetime

from accounts.models import IdentityKind
from channels_in.adapters import UnreadableMessage
from channels_in.messages import Handle, IncomingMessage
from channels_in.payloads import Payload, payload_of, subject_of
from channels_in.social.network import Facts
from core.html import to_text
from core.text import storable

_PRIVATE = ("direct", "private")


def message_of(raw: bytes) -> IncomingMessage:
    """Raises UnreadableMessage."""
    stored = payload_of(raw)
    status, author = stored.of("status"), stored.of("account")
    if not status.text("id") or not author.text("acct"):
        raise UnreadableMessage("This notification has no status, or nobody who wrote it.")
    name = acct_of(author, stored.text("host"))
    text = text_of(status)
    is_private = status.text("visibility") in _PRIVATE
    answers = status.text("in_reply_to_id")
    return IncomingMessage(
        subject=subject_of(text), text=text, reply_text=text,
        author=Handle(
            IdentityKind.MASTODON, name, author.text("display_name")[:200] or name,
            url=author.text("url")[:500], language=status.text("language")[:8],
        ),
        conversation=f"dm:{name}" if is_private else "", is_private=is_private,
        url=status.text("url")[:500], date=parse_datetime(status.text("created_at")),
        message_id=status.text("id")[:255], in_reply_to=(answers,) if answers else (),
    )  # fmt: skip


def facts_of(raw: bytes) -> Facts:
    """What a stored status says besides its text."""
    stored = payload_of(raw)
    status, author = stored.of("status"), stored.of("account")
    counts = ("reblogs_count", "favourites_count", "replies_count")
    return Facts(
        handle=f"@{acct_of(author, stored.text('host'))}",
        followers=author.number("followers_count"),
        reactions=sum(status.number(name) or 0 for name in counts),
        language=status.text("language")[:8],
        answers_us=status.text("in_reply_to_account_id") == stored.text("us") != "",
    )


def acct_of(author: Payload, host: str) -> str:
    """The full name; people of our own server are told without it."""
    acct = author.text("acct").lower()
    return (acct if "@" in acct else f"{acct}@{host}")[:254]


def text_of(status: Payload) -> str:
    """The words of a status with its warning above, and what its pictures are said to show."""
    parts = [
        status.text("spoiler_text"),
        to_text(status.text("content")),
        *(media.text("description") for media in status.each("media_attachments")),
    ]
    return storable("\n".join(part.strip() for part in parts if part.strip()))

"""Stored posts and direct messages of X (API v2), read. Pure.

People are known by their number: names on X change owners.
"""

from __future__ import annotations

import html

from django.utils.dateparse import parse_datetime

from accounts.models import IdentityKind
from channels_in.adapters import UnreadableMessage
from channels_in.messages import Handle, IncomingMessage, RemoteFile
from channels_in.payloads import Payload, payload_of, subject_of
from channels_in.social.network import Facts
from channels_in.x.pictures import ADDRESS


def message_of(raw: bytes) -> IncomingMessage:
    """Raises UnreadableMessage."""
    stored = payload_of(raw)
    author = stored.of("author")
    if not author.text("id"):
        raise UnreadableMessage("This message does not say who wrote it.")
    return _direct(stored) if stored.text("type") == "dm" else _post(stored)


def facts_of(raw: bytes) -> Facts:
    """What a stored post says besides its text."""
    stored = payload_of(raw)
    post, author = stored.of("post"), stored.of("author")
    counts = post.of("public_metrics")
    names = ("like_count", "retweet_count", "reply_count", "quote_count")
    us = stored.text("us")
    return Facts(
        handle=f"@{author.text('username')}",
        followers=author.of("public_metrics").number("followers_count"),
        reactions=sum(counts.number(name) or 0 for name in names),
        language=post.text("lang")[:8].replace("und", ""),
        answers_us=bool(us) and post.text("in_reply_to_user_id") == us,
        quotes_us=any(ref.text("type") == "quoted" for ref in post.each("referenced_tweets")),
    )


def _post(stored: Payload) -> IncomingMessage:
    post, author = stored.of("post"), stored.of("author")
    number = post.text("id")
    if not number:
        raise UnreadableMessage("This post has no id.")
    whole = post.of("note_tweet") or post  # posts of more than 280
    text = _spelled_out(whole)
    answers = next(
        (r.text("id") for r in post.each("referenced_tweets") if r.text("type") == "replied_to"),
        "",
    )
    root = post.text("conversation_id") or number
    return IncomingMessage(
        subject=subject_of(text), text=text, reply_text=text, author=_handle(author),
        conversation=f"{root}#{author.text('id')}"[:255], is_private=False,
        url=f"https://x.com/{author.text('username')}/status/{number}",
        date=parse_datetime(post.text("created_at")), message_id=number[:255],
        in_reply_to=(answers,) if answers else (), remote_files=_pictures(stored),
        references=(root,) if root != number else (),
    )  # fmt: skip


def _direct(stored: Payload) -> IncomingMessage:
    event = stored.of("event")
    text = _spelled_out(event)
    return IncomingMessage(
        subject=subject_of(text), text=text, reply_text=text, author=_handle(stored.of("author")),
        conversation=f"dm:{event.text('dm_conversation_id')}"[:255], is_private=True,
        date=parse_datetime(event.text("created_at")), message_id=f"dm:{event.text('id')}"[:255],
    )  # fmt: skip


def _spelled_out(said: Payload) -> str:
    """The text with the links that were meant, not X's short ones; a picture's link is no text."""
    text = said.text("text")
    for link in said.of("entities").each("urls"):
        short, meant = link.text("url"), link.text("expanded_url")
        if short and meant.startswith("http"):
            text = text.replace(short, "" if link.text("media_key") else meant)
    return html.unescape(text).strip()


def _pictures(stored: Payload) -> tuple[RemoteFile, ...]:
    photos = [row for row in stored.each("media") if row.text("type") == "photo"]
    return tuple(
        RemoteFile(row.text("url"), row.text("url").rpartition("/")[2])
        for row in photos
        if row.text("url").startswith(ADDRESS)
    )


def _handle(author: Payload) -> Handle:
    username = author.text("username")
    return Handle(
        IdentityKind.X, author.text("id"), author.text("name")[:200] or username,
        url=f"https://x.com/{username}" if username else "",
    )  # fmt: skip

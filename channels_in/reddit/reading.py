"""Things of Reddit's inbox (t1 comments, t4 messages), read. Pure.

A name on Reddit never changes its owner, so people are known by it.
"""

from __future__ import annotations

import html

from accounts.models import IdentityKind
from channels_in.adapters import UnreadableMessage
from channels_in.messages import Handle, IncomingMessage
from channels_in.payloads import payload_of, subject_of
from channels_in.social.network import Facts

SITE = "https://www.reddit.com"


def message_of(raw: bytes) -> IncomingMessage:
    """Raises UnreadableMessage."""
    stored = payload_of(raw)
    thing = stored.of("thing")
    author, name = thing.text("author"), thing.text("name")
    if not author or not name or author == "[deleted]":
        raise UnreadableMessage("This has no author any more.")
    text = html.unescape(thing.text("body"))
    is_private = stored.text("kind") == "t4"
    parent = thing.text("parent_id")
    context = thing.text("context")
    root = context.split("/")[4] if context.count("/") > 4 else name
    first = thing.text("first_message_name") or name
    key = f"dm:{first}" if is_private else f"t3_{root}#{author.lower()}"
    return IncomingMessage(
        subject=(html.unescape(thing.text("subject")) if is_private else "") or subject_of(text),
        text=text, reply_text=text,
        author=Handle(IdentityKind.REDDIT, author.lower(), author, url=f"{SITE}/user/{author}"),
        conversation=key[:255], is_private=is_private,
        url=f"{SITE}{context}"[:500] if context else "",
        date=thing.moment("created_utc"), message_id=name[:255],
        in_reply_to=(parent,) if parent else (),
    )  # fmt: skip


def facts_of(raw: bytes) -> Facts:
    """What a stored comment says besides its text; Reddit does not tell who follows whom."""
    stored = payload_of(raw)
    thing = stored.of("thing")
    return Facts(
        handle=f"u/{thing.text('author')}",
        reactions=max(thing.number("score") or 0, 0),
        answers_us=thing.text("type") in ("comment_reply", "post_reply"),
    )

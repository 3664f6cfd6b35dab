"""Things of Reddit (t1 comments, t3 posts, t4 messages), read. Pure.

A name on Reddit never changes its owner, so people are known by it. Texts are Markdown and are
shown as they were written; Reddit was asked not to escape them (`raw_json`).
"""

from __future__ import annotations

import re

from accounts.models import IdentityKind
from channels_in.adapters import UnreadableMessage
from channels_in.messages import Handle, IncomingMessage
from channels_in.payloads import Payload, payload_of, subject_of
from channels_in.social.network import Facts

SITE = "https://www.reddit.com"
_THREAD = re.compile(r"/comments/([a-z0-9]+)/")


def message_of(raw: bytes) -> IncomingMessage:
    """Raises UnreadableMessage."""
    stored = payload_of(raw)
    thing = stored.of("thing")
    author, name = thing.text("author"), thing.text("name")
    if not author or not name:
        raise UnreadableMessage("This does not say who wrote it.")
    is_private = stored.text("kind") == "t4"
    text = _text(thing)
    subject = thing.text("subject") if is_private else thing.text("title")
    parent, root = thing.text("parent_id"), _thread(thing)
    first = thing.text("first_message_name") or name
    key = f"dm:{first}" if is_private else f"{root}#{author.lower()}"
    path = thing.text("context") or thing.text("permalink")
    return IncomingMessage(
        subject=subject_of(subject or text), text=text, reply_text=text,
        author=Handle(IdentityKind.REDDIT, author.lower(), author, url=f"{SITE}/user/{author}"),
        conversation=key[:255], is_private=is_private,
        url=f"{SITE}{path}"[:500] if path.startswith("/r/") else "",
        date=thing.moment("created_utc"), message_id=name[:255],
        in_reply_to=(parent,) if parent else (),
        references=(root,) if root not in ("", name) and not is_private else (),
    )  # fmt: skip


def facts_of(raw: bytes) -> Facts:
    """What a stored comment says besides its text; Reddit does not tell who follows whom."""
    thing = payload_of(raw).of("thing")
    return Facts(
        handle=f"u/{thing.text('author')}",
        reactions=max(thing.number("score") or 0, 0),
        answers_us=thing.text("type") in ("comment_reply", "post_reply"),
    )


def _text(thing: Payload) -> str:
    """A comment's or message's words; a post's title with its words, or with what it links to."""
    if body := thing.text("body"):
        return body.strip()
    words = thing.text("selftext") or ("" if thing.values.get("is_self") else thing.text("url"))
    return "\n\n".join(filter(None, (thing.text("title").strip(), words.strip())))


def _thread(thing: Payload) -> str:
    """The name of the post that a thing stands beneath, or its own."""
    if link := thing.text("link_id"):
        return link
    found = _THREAD.search(thing.text("context"))
    return f"t3_{found[1]}" if found else thing.text("name")

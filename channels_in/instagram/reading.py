"""What Instagram told us, read: direct messages, comments beneath our posts, mentions. Pure.

Comments come whole (`comments`, `live_comments`). Of a mention elsewhere (`mentions`) only ids
come: `found` is what Instagram answered when it was asked about them. People are known by the id
that only our account knows them by, which is the same in comments and in messages; whoever
mentioned us somewhere else, by their name alone.
"""

from __future__ import annotations

from django.utils.dateparse import parse_datetime

from accounts.models import IdentityKind
from channels_in.adapters import UnreadableMessage
from channels_in.messages import Handle, IncomingMessage
from channels_in.meta.parse import parse_entry
from channels_in.payloads import Payload, payload_of, subject_of
from channels_in.social.network import Facts

KIND = str(IdentityKind.INSTAGRAM)
MENTION = "m:"  # of an id: in someone else's post, "m:<media>" or "m:<media>:<comment>"


def message_of(raw: bytes) -> IncomingMessage:
    """Raises UnreadableMessage."""
    stored = payload_of(raw)
    if comment := stored.of("comment"):
        return _comment(stored, comment)
    if mention := stored.of("mention"):
        return _mention(stored, mention)
    return parse_entry(raw, kind=KIND)


def facts_of(raw: bytes) -> Facts:
    """Whatever stands beneath our own post answers us."""
    stored = payload_of(raw)
    if comment := stored.of("comment"):
        return Facts(handle=_shown(comment.of("from").text("username")), answers_us=True)
    if stored.of("mention"):
        return Facts(handle=_shown(stored.of("found").text("username")))
    return Facts()


def id_of(comment: Payload) -> str:
    return comment.text("id") or comment.text("comment_id")


def media_of(comment: Payload) -> str:
    return comment.of("media").text("id") or comment.text("media_id")


def mention_id(mention: Payload) -> str:
    parts = [mention.text("media_id"), mention.text("comment_id")]
    return MENTION + ":".join(part for part in parts if part)


def is_ours(comment: Payload, own: str) -> bool:
    """Whether the account itself has commented: it is another id in some of Meta's sign-ins."""
    writer = comment.of("from")
    return bool(writer.text("id") == own or writer.text("self_ig_scoped_id"))


def _comment(stored: Payload, comment: Payload) -> IncomingMessage:
    writer, number, media = comment.of("from"), id_of(comment), media_of(comment)
    own = stored.text("own")
    if not writer.text("id") or not number:
        raise UnreadableMessage("This comment has no id, or nobody who wrote it.")
    text, parent = comment.text("text"), comment.text("parent_id")
    is_echo = is_ours(comment, own)
    handle = Handle(KIND, own) if is_echo else _handle(writer.text("id"), writer.text("username"))
    return IncomingMessage(
        subject=subject_of(text), text=text, reply_text=text,
        author=None if is_echo else handle, said_to=handle if is_echo else None,
        conversation="" if is_echo else f"{media or number}#{writer.text('id')}"[:255],
        is_private=False, url=stored.text("permalink")[:500],
        date=stored.moment("at"), message_id=number[:255],
        in_reply_to=(parent,) if parent and parent != number else (),
    )  # fmt: skip


def _mention(stored: Payload, mention: Payload) -> IncomingMessage:
    found = stored.of("found")
    name, number = found.text("username"), mention_id(mention)
    if not name or number == MENTION:
        raise UnreadableMessage("Somebody mentioned us, but Instagram did not say who, and what.")
    text = found.text("text") or found.text("caption")
    key = found.of("from").text("id") or _shown(name)
    url = found.text("permalink") or found.of("media").text("permalink")
    return IncomingMessage(
        subject=subject_of(text), text=text, reply_text=text, author=_handle(key, name),
        conversation=f"{MENTION}{mention.text('media_id')}#{key}"[:255], is_private=False,
        url=url[:500], date=parse_datetime(found.text("timestamp")[:40]),
        message_id=number[:255],
    )  # fmt: skip


def _handle(key: str, username: str) -> Handle:
    url = f"https://instagram.com/{username}" if username else ""
    return Handle(KIND, key, username[:200], url)


def _shown(username: str) -> str:
    return f"@{username}" if username else ""

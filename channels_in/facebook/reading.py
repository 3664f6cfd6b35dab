"""A change of a Facebook page's feed as a webhook carried it, read. Pure.

People are known by the id that only our page knows them by.
"""

from __future__ import annotations

from accounts.models import IdentityKind
from channels_in.adapters import UnreadableMessage
from channels_in.messages import Handle, IncomingMessage
from channels_in.payloads import Payload, payload_of, subject_of
from channels_in.social.network import Facts

FIELDS = "from{id,name},message,permalink_url"  # what is asked for where a webhook says too little
ITEMS = ("comment", "post", "status", "photo", "video", "share")


def message_of(raw: bytes) -> IncomingMessage:
    """Raises UnreadableMessage."""
    stored = payload_of(raw)
    said, page = stored.of("change").of("value"), stored.text("page")
    found = stored.of("found")
    author, number = writer_of(said) or found.of("from"), id_of(said)
    has_gone = said.text("verb") == "remove"
    if not number or not (author.text("id") or has_gone):
        raise UnreadableMessage("Facebook did not say who wrote this.")
    text = (
        said.text("message") or found.text("message") or said.text("photo") or said.text("link")
    )  # fmt: skip
    parent, post = said.text("parent_id"), said.text("post_id")
    answers = parent if parent and parent != number else ""
    key = author.text("id") or "nobody"  # of what is taken down only the id counts
    handle = Handle(IdentityKind.FACEBOOK, key, author.text("name")[:200])
    is_echo = handle.value == page
    return IncomingMessage(
        subject=subject_of(text), text=text, reply_text=text,
        author=None if is_echo else handle, said_to=handle if is_echo else None,
        conversation="" if is_echo else f"{post or number}#{handle.value}"[:255], is_private=False,
        url=_url(said, found)[:500],
        date=said.moment("created_time"), message_id=number[:255],
        in_reply_to=(answers,) if answers else (),
    )  # fmt: skip


def facts_of(raw: bytes) -> Facts:
    """Whatever stands on the page's own post answers the page."""
    stored = payload_of(raw)
    said, page = stored.of("change").of("value"), stored.text("page")
    return Facts(
        handle=(writer_of(said) or stored.of("found").of("from")).text("name"),
        answers_us=said.text("item") == "comment" and said.text("post_id").startswith(f"{page}_"),
        has_gone=said.text("verb") == "remove",
    )


def writer_of(said: Payload) -> Payload:
    """Who wrote it, with id and name; mentions name them in words of their own, or not at all."""
    if not said.text("sender_id"):
        return said.of("from")
    return Payload({"id": said.text("sender_id"), "name": said.text("sender_name")})


def _url(said: Payload, found: Payload) -> str:
    told = said.text("permalink_url") or found.text("permalink_url")
    return told or f"https://www.facebook.com/{id_of(said)}"


def is_answer(said: Payload) -> bool:
    """A comment beneath another comment, not beneath the post."""
    parent = said.text("parent_id")
    is_beneath = parent not in ("", said.text("post_id"), said.text("comment_id"))
    return said.text("item") == "comment" and is_beneath


def id_of(said: Payload) -> str:
    """Of a comment its own id, of anything else the post's."""
    return said.text("comment_id") if said.text("item") == "comment" else said.text("post_id")

"""The original of a message that became a comment, for people who may see the ticket."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError
from email.header import decode_header, make_header

from accounts.actor import Actor
from channels_in.models import InboundItem
from channels_in.receive import raw_bytes
from tickets import policies
from tickets.errors import CommentNotFound, NotPermitted

SOURCE_BYTES = 500_000  # of a raw message that a page shows
HEAD_BYTES, HEADERS, VALUE = 200_000, 200, 2_000  # of its head; letters of one value


@dataclass(frozen=True, slots=True)
class Source:
    """The message as it came, as text; `is_cut` when its end was left out. `headers` are read as
    people read them (RFC 2047 decoded), in their order; `raw` is what was received.
    """

    text: str
    size: int
    received_at: datetime
    is_cut: bool
    headers: list[tuple[str, str]]
    raw: bytes


def comments_with_source(comment_ids: Collection[int]) -> set[int]:
    """Those of the comments whose original is kept: one query."""
    rows = InboundItem.objects.filter(comment_id__in=comment_ids)
    return {pk for pk in rows.values_list("comment_id", flat=True) if pk is not None}


def source_of_comment(actor: Actor, *, ticket_id: int, comment_id: int) -> Source:
    """The original of a comment on a ticket the actor sees, for staff only.

    Raises TicketNotFound, NotPermitted, CommentNotFound (also when no original is kept).
    """
    ticket = policies.visible_ticket(actor, ticket_id)
    if not policies.may_see_internal(actor):
        raise NotPermitted
    items = InboundItem.objects.filter(comment_id=comment_id, comment__ticket=ticket)
    item = items.order_by("id").first()
    if item is None:
        raise CommentNotFound(comment_id)
    raw = raw_bytes(item)
    text = raw[:SOURCE_BYTES].decode("utf-8", "replace").replace("\x00", "")
    is_cut = len(raw) > SOURCE_BYTES
    return Source(text, len(raw), item.received_at, is_cut, _headers(raw), raw)


def _headers(raw: bytes) -> list[tuple[str, str]]:
    """At most HEADERS of the head; what cannot be decoded stays as it came."""
    head = re.split(rb"\r?\n\r?\n", raw[:HEAD_BYTES], maxsplit=1)[0]
    lines = re.sub(rb"\r?\n[ \t]+", b" ", head).splitlines()[:HEADERS]
    found = []
    for line in lines:
        name, colon, value = line.partition(b":")
        if colon:
            found.append((_text(name), _decoded(_text(value).strip()[: 4 * VALUE])[:VALUE]))
    return found


def _text(line: bytes) -> str:
    return line.decode("utf-8", "replace").replace("\x00", "")


def _decoded(value: str) -> str:
    try:
        return str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        return value

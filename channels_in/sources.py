"""The original of a message that became a comment, for people who may see the ticket."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from accounts.actor import Actor
from channels_in.models import InboundItem
from channels_in.receive import raw_bytes
from tickets import policies
from tickets.errors import CommentNotFound, NotPermitted

SOURCE_BYTES = 500_000  # of a raw message that a page shows


@dataclass(frozen=True, slots=True)
class Source:
    """The message as it came, as text; `is_cut` when its end was left out."""

    text: str
    size: int
    received_at: datetime
    is_cut: bool


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
    return Source(text, len(raw), item.received_at, len(raw) > SOURCE_BYTES)

"""Holding back replies that have not left: part of a submit, never called on its own."""

from __future__ import annotations

from tickets.changes import TicketChange
from tickets.errors import AlreadyLeft
from tickets.models import Comment, Delivery, DeliveryState, EventType

PAUSED, TAKEN_BACK, DISCARDED = "paused", "taken_back", "discarded"
HELD = (PAUSED, TAKEN_BACK, DISCARDED)
WITHDRAWN = "withdrawn"


def pause_scheduled(change: TicketChange, *, why: str = PAUSED) -> None:
    """Hold back the ticket's scheduled replies: the customer wrote first, or the ticket is gone.

    They become internal and say so; an agent then sends them anyway, edits or discards them. A
    reply that only waits for its undo window is not touched: mails always cross that closely.
    """
    waiting = Comment.objects.filter(
        ticket=change.ticket, is_public=True, send_at__gt=change.audit.created_at,
        metadata__waits="scheduled",
    )  # fmt: skip
    for comment in waiting.select_for_update().order_by("id"):
        if all(row.state == DeliveryState.QUEUED for row in locked_deliveries(comment)):
            comment.metadata["paused_by"] = why
            hold(change, comment, PAUSED, why=why)


def locked_deliveries(comment: Comment) -> list[Delivery]:
    """The comment's deliveries that are not cancelled, locked against a worker's claim.

    A claim that holds them is waited for; what it did is then seen (READ COMMITTED).
    """
    rows = Delivery.objects.filter(comment=comment).select_for_update().order_by("id")
    return [row for row in rows if row.state != DeliveryState.CANCELLED]


def hold(change: TicketChange, comment: Comment, flag: str, *, why: str = "") -> None:
    """Cancel the deliveries of a comment that waits and make it internal, with the reason as flag.

    Raises AlreadyLeft when a worker has one of them already.
    """
    rows = locked_deliveries(comment)
    if any(row.state != DeliveryState.QUEUED for row in rows):
        raise AlreadyLeft
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=DeliveryState.CANCELLED, error=""
    )
    comment.metadata.pop("waits", None)
    comment.metadata["was_held"] = True
    comment.is_public, comment.send_at = False, None
    set_flag(comment, flag)
    comment.save(update_fields=["is_public", "send_at", "metadata"])
    note_privacy(change, comment, why or flag)


def set_flag(comment: Comment, flag: str | None) -> None:
    """Say why a reply was not sent, instead of what was said before."""
    others = [each for each in comment.flags if each not in HELD]
    comment.metadata["flags"] = [*others, flag] if flag else others


def note_privacy(change: TicketChange, comment: Comment, why: str) -> None:
    """Record that the comment became public or internal; `why` goes along as the event's cause."""
    change.add(
        EventType.COMMENT_PRIVACY, previous=not comment.is_public, value=comment.is_public,
        comment=comment, cause={"reason": why},
    )  # fmt: skip


def withdraw(change: TicketChange, comment: Comment) -> None:
    """Mark an internal note as no longer meant, because what it belonged to is taken back."""
    comment.metadata["flags"] = [*comment.flags, WITHDRAWN]
    comment.save(update_fields=["metadata"])
    change.add(
        EventType.COMMENT_PRIVACY, previous=False, value=False, comment=comment,
        cause={"reason": WITHDRAWN},
    )  # fmt: skip


def is_held(comment: Comment, *flags: str) -> bool:
    return any(flag in comment.flags for flag in flags)

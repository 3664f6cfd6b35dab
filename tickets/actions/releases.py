"""Replies between submit and departure: taken back, sent later or sooner, paused, released.

A reply that waits has `send_at` in the future and `metadata["waits"]`; customers see nothing of it.
When its time has come the outbox calls release_due_comment, which makes it part of what customers
read (preview, search, figures). Whoever stops it locks, in this order: ticket, comment, deliveries.
A worker's claim locks deliveries alone, so one of the two comes first and the other sees it.

A status chosen with a scheduled reply is set when the reply is submitted: the ticket leaves
the agent's open work at once, as it does in shared inboxes that archive on "send later". If the
customer writes first, the reply is paused and the ticket opens by the ordinary rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.actor import Actor
from accounts.roles import Permission
from core import clock
from tickets import policies
from tickets.actions import columns, comments, pauses
from tickets.actions.finish import finish
from tickets.changes import TicketChange
from tickets.errors import AlreadyLeft, CommentNotFound, InvalidChange, TicketClosed
from tickets.models import (
    Attachment,
    Audit,
    AuditEvent,
    Channel,
    Comment,
    Delivery,
    DeliveryState,
    EventType,
    Status,
    Ticket,
)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What goes back into the composer."""

    comment: Comment
    uploads: list[Attachment]


@transaction.atomic
def take_back_comment(*, actor: Actor, comment_id: int) -> TakenBack:
    """Stop a reply that has not left; its text and files go back to whoever stops it.

    The author may, and who may answer this ticket: a colleague can stop what would do harm.

    1. Cancel the deliveries; the comment stays as an internal one, flagged "taken_back".
    2. Undo the status change of the same submit, unless somebody has changed it since.
    3. Its files wait again, as uploads of the actor.

    Raises CommentNotFound, TicketNotFound, NotPermitted, AlreadyLeft.
    """
    ticket, comment = _locked(actor, comment_id)
    is_paused = pauses.is_held(comment, pauses.PAUSED)
    now = clock.now()
    if not is_paused and not _still_waits(comment, now):
        raise AlreadyLeft
    change, before = _begin(actor, ticket, now)
    if is_paused:
        pauses.set_flag(comment, pauses.TAKEN_BACK)
        comment.save(update_fields=["metadata"])
    else:
        pauses.hold(change, comment, pauses.TAKEN_BACK)
        _undo_status(ticket, comment)
    uploads = list(comment.attachments.order_by("id"))
    comment.metadata["files"] = [file.pk for file in uploads]
    comment.save(update_fields=["metadata"])
    comment.attachments.update(comment=None, uploaded_by_id=actor.user_id)
    _finish(change, before)
    return TakenBack(comment, uploads)


@transaction.atomic
def release_comment(*, actor: Actor, comment_id: int, at: datetime | None = None) -> Comment:
    """Send a reply that was paused or taken back after all, now or at a moment.

    It counts as written now: customers read it after what they wrote meanwhile. Deliveries go to
    whom the ticket's replies go at this time.

    Raises CommentNotFound, TicketNotFound, NotPermitted, TicketClosed, InvalidChange (for a moment
    that is over, files that were used elsewhere, or a comment that was not held back).
    """
    ticket, comment = _locked(actor, comment_id)
    if ticket.is_closed:
        raise TicketClosed(ticket.pk)
    if not pauses.is_held(comment, *pauses.HELD):
        raise InvalidChange("comment", "Only a reply that was held back can be sent anyway.")
    now = clock.now()
    if at is not None:
        comments.check_moment(at, now)
        comment.metadata["waits"] = "scheduled"
    _return_files(comment)
    change, before = _begin(actor, ticket, now)
    pauses.set_flag(comment, None)
    comment.is_public, comment.send_at, comment.created_at = True, at, now
    comment.save(update_fields=["is_public", "send_at", "created_at", "metadata"])
    change.comment = comment
    pauses.note_privacy(change, comment, "released")
    if at is None:
        _show(ticket, comment)
    else:
        comments.post_release(comment)
    _finish(change, before)
    return comment


@transaction.atomic
def reschedule_comment(*, actor: Actor, comment_id: int, at: datetime | None = None) -> Comment:
    """Let a reply that waits leave at another moment; None is now.

    Raises CommentNotFound, TicketNotFound, NotPermitted, AlreadyLeft, InvalidChange.
    """
    ticket, comment = _locked(actor, comment_id)
    now = clock.now()
    if not _still_waits(comment, now):
        raise AlreadyLeft
    if at is not None:
        comments.check_moment(at, now)
        comment.metadata["waits"] = "scheduled"
    rows = pauses.locked_deliveries(comment)
    if any(row.state != DeliveryState.QUEUED for row in rows):
        raise AlreadyLeft
    comment.send_at = at or now
    comment.save(update_fields=["send_at", "metadata"])
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(next_attempt_at=comment.send_at)
    if at is None:
        _release(ticket, comment)
        return comment
    comments.post_release(comment)
    change, before = _begin(actor, ticket, now)
    change.add(EventType.CHANGE, "send_at", value=at.isoformat(), comment=comment)
    _finish(change, before)
    return comment


@transaction.atomic
def discard_comment(*, actor: Actor, comment_id: int) -> Comment:
    """Decide that a paused reply is not sent; it stays in the conversation as an internal one.

    Raises CommentNotFound, TicketNotFound, NotPermitted, InvalidChange.
    """
    ticket, comment = _locked(actor, comment_id)
    if not pauses.is_held(comment, pauses.PAUSED):
        raise InvalidChange("comment", "Only a reply that was held back can be discarded.")
    change, before = _begin(actor, ticket, clock.now())
    pauses.set_flag(comment, pauses.DISCARDED)
    comment.save(update_fields=["metadata"])
    pauses.note_privacy(change, comment, pauses.DISCARDED)
    _finish(change, before)
    return comment


@transaction.atomic
def release_due_comment(*, comment_id: int) -> None:
    """Let customers read a reply whose time has come. Asked again, or too early, it does nothing.

    No audit and no version: nobody changed anything, the submit only takes effect.
    """
    ticket_id = Comment.objects.filter(pk=comment_id).values_list("ticket_id", flat=True).first()
    if ticket_id is None:
        return
    ticket = Ticket.objects.select_for_update(no_key=True).get(pk=ticket_id)
    comment = Comment.objects.select_for_update().get(pk=comment_id)
    if comment.is_public and comment.waits and comment.send_at and comment.send_at <= clock.now():
        _release(ticket, comment)


def _release(ticket: Ticket, comment: Comment) -> None:
    assert comment.send_at is not None  # noqa: S101  what waits has its moment
    before = columns.columns_of(ticket)
    if comment.metadata.pop("waits", "") == "scheduled":
        comment.created_at = comment.send_at  # where customers meet it in the conversation
    comment.save(update_fields=["metadata", "created_at"])
    _show(ticket, comment)
    ticket.generated_at = max(clock.now(), ticket.generated_at)
    audit = Audit(ticket=ticket, author_id=comment.author_id, created_at=comment.send_at)
    actor = Actor(user_id=None, name="The clock", channel=Channel.SYSTEM, is_system=True)
    change = TicketChange(
        ticket=ticket, actor=actor, audit=audit, comment=comment, is_release=True,
        file_names=list(comment.attachments.values_list("filename", flat=True)),
    )  # fmt: skip
    columns.count(change, before)
    columns.save_changed(ticket, before)
    finish([change])


def _show(ticket: Ticket, comment: Comment) -> None:
    """Make a reply what lists show of the ticket, unless a later message is there."""
    ticket.is_public = True
    later = ticket.comments.released().filter(created_at__gt=comment.created_at)
    if not later.exists():
        ticket.preview = comments.shortened(comment.reply_text or comment.body)


def _locked(actor: Actor, comment_id: int) -> tuple[Ticket, Comment]:
    """Ticket and comment of an agent's reply, locked, for somebody who may answer there."""
    ticket_id = Comment.objects.filter(pk=comment_id).values_list("ticket_id", flat=True).first()
    if ticket_id is None:
        raise CommentNotFound(comment_id)
    ticket = policies.lock_visible_ticket(actor, ticket_id)
    policies.require(actor, Permission.REPLY_PUBLICLY)
    comment = Comment.objects.select_for_update().get(pk=comment_id)
    if not comment.is_from_agent:
        raise CommentNotFound(comment_id)
    return ticket, comment


def _still_waits(comment: Comment, now: datetime) -> bool:
    return bool(comment.is_public and comment.waits and comment.send_at and comment.send_at > now)


def _undo_status(ticket: Ticket, comment: Comment) -> None:
    """Put back the status that the reply's own submit changed, if it is still what it set."""
    own = AuditEvent.objects.filter(comment=comment, type=EventType.COMMENT).first()
    changes = AuditEvent.objects.filter(
        audit__ticket=ticket, field_name="status", type=EventType.CHANGE
    )
    last = changes.order_by("-audit__created_at", "-id").first()
    if own is None or last is None or last.audit_id != own.audit_id or ticket.is_closed:
        return
    previous = str(last.previous_value)
    if previous == Status.NEW and ticket.assignee_id:
        previous = Status.OPEN  # the reply took the ticket; `new` has no assignee
    ticket.status = previous


def _return_files(comment: Comment) -> None:
    ids = comment.metadata.pop("files", [])
    if Attachment.objects.filter(pk__in=ids, comment=None).update(comment=comment) != len(ids):
        raise InvalidChange(
            "attachments", "A file of this reply was sent with another one. Write it anew."
        )


def _begin(actor: Actor, ticket: Ticket, now: datetime) -> tuple[TicketChange, dict[str, object]]:
    audit = Audit.objects.create(
        ticket=ticket, author_id=actor.user_id, channel=actor.channel, cause=actor.cause,
        created_at=now,
    )  # fmt: skip
    change = TicketChange(ticket=ticket, actor=actor, audit=audit)
    return change, columns.columns_of(ticket)


def _finish(change: TicketChange, before: dict[str, object]) -> None:
    ticket, now = change.ticket, change.audit.created_at
    change.is_undo = ticket.status != before["status"]
    columns.set_times(ticket, before, change.actor, None, now)
    columns.record(change, before)
    columns.count(change, before)
    columns.save(ticket, before, now)
    finish([change])

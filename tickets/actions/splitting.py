"""Making a ticket of its own of one message, and taking that back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, cast

from django.core.files.base import File
from django.db import transaction

from accounts.actor import Actor
from accounts.models import User
from core import clock
from core.storage import blobs
from tickets import policies
from tickets.actions import bare, columns, pauses
from tickets.actions.finish import finish
from tickets.actions.redaction import latest_preview
from tickets.actions.tickets import create_ticket
from tickets.changes import TicketChange
from tickets.drafts import CommentDraft, NewFile, TicketDraft
from tickets.errors import CommentNotFound, InvalidChange, NotPermitted
from tickets.models import (
    Attachment,
    AuditEvent,
    Comment,
    EventType,
    LinkKind,
    Ticket,
    TicketLink,
)
from tickets.search.documents import rebuild_document

MOVED = "moved"
TO, FROM, UNDONE = "to", "from", "undone"  # what a Split event says of its ticket
_KEPT = ("sender", "recipients")  # of a message's metadata, in its copy


@dataclass(frozen=True, slots=True)
class Split:
    """Both tickets as they are now."""

    source: Ticket
    made: Ticket


@transaction.atomic
def split_comment(
    *, actor: Actor, comment_id: int, subject: str, requester_id: int, is_move: bool = False
) -> Split:
    """Make a ticket that begins with this message, linked with the one it stands on.

    What its requester wrote stays their word; of anybody else's the ticket begins with an internal
    note that quotes it. Files are copied. With `is_move` the message is folded away on the old
    ticket, customers no longer read it there, and answers to it find the new one. Nobody is
    notified: it was written and read before.

    Raises CommentNotFound, TicketNotFound, NotPermitted, InvalidChange.
    """
    ticket_id = Comment.objects.filter(pk=comment_id).values_list("ticket_id", flat=True).first()
    if ticket_id is None:
        raise CommentNotFound(comment_id)
    source = policies.lock_visible_ticket(actor, ticket_id)
    if not policies.may_split(actor):
        raise NotPermitted
    comment = Comment.objects.select_for_update().select_related("author").get(pk=comment_id)
    _require_can_split(comment, is_move)
    moved_id = _fold_away(comment) if is_move else None
    draft = _draft(actor, source, comment, subject, requester_id, moved_id)
    made = create_ticket(actor=actor, draft=draft)
    TicketLink.objects.get_or_create(
        source=source, target=made, kind=LinkKind.RELATED, defaults={"created_at": clock.now()}
    )
    _note(actor, made, FROM, {"ticket": source.pk, "comment": comment.pk, "version": 2})
    _note(
        actor, source, TO, {"ticket": made.pk, "comment": comment.pk, "is_move": is_move},
        comment=comment,
    )  # fmt: skip
    if is_move:
        comment.metadata["moved_to"] = made.pk
        comment.save(update_fields=["metadata"])
        _show_without(source)
    return Split(source, made)


@transaction.atomic
def undo_split(*, actor: Actor, ticket_id: int) -> Split:
    """Put the message back where it was split from, and the new ticket out of sight.

    Raises TicketNotFound, NotPermitted, InvalidChange (not made by a split, undone before, or
    somebody has worked on it since).
    """
    events = AuditEvent.objects.filter(audit__ticket=ticket_id, type=EventType.SPLIT)
    event = events.filter(field_name=FROM).order_by("id").first()
    if event is None:
        raise InvalidChange("ticket", "This ticket was not made by splitting a message.")
    said = cast(dict[str, int], event.value)
    source_id, comment_id = said["ticket"], said["comment"]
    locked = {pk: policies.lock_visible_ticket(actor, pk) for pk in sorted((source_id, ticket_id))}
    source, made = locked[source_id], locked[ticket_id]
    if not policies.may_split(actor):
        raise NotPermitted
    if made.version > said["version"]:
        raise InvalidChange("ticket", "Somebody has worked on the new ticket: merge it instead.")
    comment = Comment.objects.select_for_update().get(pk=comment_id)
    TicketLink.objects.filter(source=source, target=made, kind=LinkKind.RELATED).delete()
    change, before = bare.begin(actor, made, clock.now())
    change.add(EventType.CHANGE, "deleted", previous=False, value=True)
    made.deleted_at = change.audit.created_at
    bare.end(change, before)
    if pauses.is_held(comment, MOVED):
        _bring_back(comment)
    _note(actor, source, UNDONE, {"ticket": made.pk, "comment": comment.pk}, comment=comment)
    _show_without(source)
    return Split(source, made)


def may_move(comment: Comment) -> bool:
    """Whether it can leave its ticket: not the first message, and nothing that was sent out."""
    is_sent = comment.is_public and comment.is_from_agent
    return not is_sent and comment.created_at > comment.ticket.created_at


def _require_can_split(comment: Comment, is_move: bool) -> None:
    waits = comment.send_at and comment.send_at > clock.now()
    if waits or pauses.is_held(comment, *pauses.HELD, MOVED):
        raise InvalidChange("comment", "Only a message that has arrived or left can be split off.")
    if is_move and not may_move(comment):
        raise InvalidChange(
            "what", "The first message and sent replies stay where they are: copy it instead."
        )


def _draft(
    actor: Actor,
    source: Ticket,
    comment: Comment,
    subject: str,
    requester_id: int,
    message_id: str | None,
) -> TicketDraft:
    files = tuple(_copy(file) for file in comment.attachments.order_by("id"))
    is_own_word = comment.author_id == requester_id and not comment.is_from_agent
    first = CommentDraft(
        author_id=comment.author_id, body=comment.body, html=comment.html,
        reply_text=comment.reply_text, channel=comment.channel, files=files,
        is_public=comment.is_public, message_id=message_id,
        metadata={key: comment.metadata[key] for key in _KEPT if key in comment.metadata},
    )  # fmt: skip
    if not (is_own_word and comment.is_public):
        first = replace(
            first, author_id=actor.user_id or requester_id, is_public=False,
            body=_quoting(comment), html="", reply_text="", channel=actor.channel, metadata={},
        )  # fmt: skip
    requester = User.objects.filter(pk=requester_id).first()
    return TicketDraft(
        subject=subject, comment=first, requester_id=requester_id, submitter_id=actor.user_id,
        group_id=source.group_id, channel=comment.channel, recipient=source.recipient,
        via_source={"rel": "split", "from": {"ticket_id": source.pk}},
        language=(requester.language if requester else "") or source.language, is_silent=True,
    )  # fmt: skip


def _quoting(comment: Comment) -> str:
    lines = (f"> {line}".rstrip() for line in comment.body.splitlines())
    return "\n".join([f"{comment.author.display_name} (#{comment.ticket_id}):", *lines])


def _copy(file: Attachment) -> NewFile:
    try:
        with blobs.open_blob(file.key) as content:
            key = blobs.keep(File(content))
    except FileNotFoundError as error:
        raise InvalidChange(
            "files", f"The file {file.filename} is no longer there: the message cannot be split."
        ) from error
    return NewFile(
        key, file.filename, file.content_type, file.size, file.sha256, file.content_id,
        file.is_inline,
    )  # fmt: skip


def _fold_away(comment: Comment) -> str | None:
    """Make it an internal remark of where it went. Returns its Message-ID, which goes along."""
    message_id = comment.message_id
    comment.metadata["was"] = {"is_public": comment.is_public, "message_id": message_id}
    comment.is_public, comment.message_id = False, None
    comment.metadata["flags"] = [*comment.flags, MOVED]
    comment.save(update_fields=["is_public", "message_id", "metadata"])
    return message_id


def _bring_back(comment: Comment) -> None:
    was = comment.metadata.pop("was", {})
    comment.metadata.pop("moved_to", None)
    comment.metadata["flags"] = [flag for flag in comment.flags if flag != MOVED]
    comment.is_public = was.get("is_public", False)
    comment.message_id = was.get("message_id")
    comment.save(update_fields=["is_public", "message_id", "metadata"])


def _note(
    actor: Actor, ticket: Ticket, field: str, value: dict[str, Any], comment: Comment | None = None
) -> TicketChange:
    now = clock.now()
    change, before = bare.begin(actor, ticket, now)
    change.add(EventType.SPLIT, field, value=value, comment=comment)
    ticket.updated_at = now
    columns.save(ticket, before, now)
    finish([change])
    return change


def _show_without(source: Ticket) -> None:
    """Preview, visibility and search of a ticket that has lost or got back a message."""
    source.preview = latest_preview(source)
    source.is_public = source.comments.released().exists()
    source.save(update_fields=["preview", "is_public"])
    rebuild_document(source)

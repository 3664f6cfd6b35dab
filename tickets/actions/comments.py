"""Appending comments with their files; parts of a submit, never called on their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings

from accounts.actor import Actor
from core import outbox
from tickets.changes import TicketChange
from tickets.drafts import CommentDraft
from tickets.errors import InvalidChange
from tickets.models import Attachment, Channel, Comment, EventType

PREVIEW_LENGTH = 160
SCHEDULE_LIMIT = timedelta(days=366)
RELEASE_TOPIC = "comment.due"


def timed(draft: CommentDraft, actor: Actor, *, now: datetime, is_silent: bool) -> CommentDraft:
    """The draft with the moment it leaves, which is None for what leaves at once.

    A reply written in the workspace waits UNDO_SEND_SECONDS, so that it can be taken back. What a
    program or a mail hands in goes at once: nobody looks at a button there. So does what is said in
    a chat: somebody waits for it.

    Raises InvalidChange for a moment that is over, or more than SCHEDULE_LIMIT away.
    """
    is_reply = draft.is_public and actor.is_agent and draft.author_id == actor.user_id
    if not is_reply or is_silent:
        return draft if draft.send_at is None else replace(draft, send_at=None)
    if draft.send_at is not None:
        check_moment(draft.send_at, now)
        return _waiting(draft, draft.send_at, "scheduled")
    is_awaited = draft.channel == Channel.CHAT
    if actor.channel != Channel.WEB or is_awaited or not settings.UNDO_SEND_SECONDS:
        return draft
    return _waiting(draft, now + timedelta(seconds=settings.UNDO_SEND_SECONDS), "undo")


def check_moment(send_at: datetime, now: datetime) -> None:
    """Raise InvalidChange unless a reply can be sent at that moment."""
    if send_at <= now:
        raise InvalidChange("send_at", "Choose a time that is still to come.")
    if send_at > now + SCHEDULE_LIMIT:
        raise InvalidChange("send_at", "Choose a time within a year.")


def _waiting(draft: CommentDraft, send_at: datetime, why: str) -> CommentDraft:
    return replace(draft, send_at=send_at, metadata={**draft.metadata, "waits": why})


def post_release(comment: Comment) -> None:
    """Ask for the comment to be released when its time has come; safe to ask again."""
    outbox.post(RELEASE_TOPIC, {"comment": comment.pk}, available_at=comment.send_at)


def append(pairs: Sequence[tuple[TicketChange, CommentDraft]]) -> None:
    """Insert one comment a pair, at its audit's time, note it and take its files along."""
    rows = [
        Comment(
            ticket=change.ticket, author_id=draft.author_id,
            is_public=draft.is_public and not draft.is_withheld,
            is_from_agent=_is_from_agent(change.actor, draft),
            body=draft.body, html=draft.html, reply_text=draft.reply_text or draft.body,
            channel=draft.channel, message_id=draft.message_id or None,
            digest=draft.digest or None,
            metadata={key: value for key, value in draft.metadata.items() if key != "audit"},
            created_at=change.audit.created_at, send_at=draft.send_at,
        )
        for change, draft in pairs
    ]  # fmt: skip
    Comment.objects.bulk_create(rows)
    files = []
    for (change, draft), comment in zip(pairs, rows, strict=True):
        change.comment = comment
        change.add(EventType.COMMENT, value={"is_public": comment.is_public}, comment=comment)
        files += [
            Attachment(
                comment=comment, uploaded_by_id=draft.author_id, key=file.key,
                filename=file.filename[:255], content_type=file.content_type[:127],
                size=file.size, sha256=file.sha256, content_id=file.content_id[:255],
                is_inline=file.is_inline, created_at=comment.created_at,
            )
            for file in draft.files
        ]  # fmt: skip
        if comment.send_at:
            post_release(comment)
        change.file_names = [file.filename for file in draft.files]
        if draft.upload_ids:
            change.file_names += _take_uploads(comment, draft, change.actor)
    Attachment.objects.bulk_create(files)


def _is_from_agent(actor: Actor, draft: CommentDraft) -> bool:
    """What an agent hands in for a customer is the customer's word."""
    if actor.is_system:
        return draft.is_ours
    return actor.is_agent and draft.author_id == actor.user_id


def _take_uploads(comment: Comment, draft: CommentDraft, actor: Actor) -> list[str]:
    """Make the uploads the comment's; their names."""
    waiting = Attachment.objects.filter(
        pk__in=draft.upload_ids, comment=None, uploaded_by_id=actor.user_id or draft.author_id
    )
    names = list(waiting.values_list("filename", flat=True))
    if waiting.update(comment=comment) != len(set(draft.upload_ids)):
        raise InvalidChange(
            "attachments", "An attachment is no longer there. Remove it, attach it again, submit."
        )
    for upload_id, content_id in draft.inline:
        comment.attachments.filter(pk=upload_id).update(content_id=content_id, is_inline=True)
    return names


def preview_of(draft: CommentDraft) -> str:
    """The beginning of the visible text on one line; empty for what customers may not read."""
    if not draft.is_public or draft.send_at:
        return ""
    return shortened(draft.reply_text or draft.body)


def shortened(text: str) -> str:
    """Its beginning on one line, as lists show it."""
    return " ".join(text[: 4 * PREVIEW_LENGTH].split())[:PREVIEW_LENGTH]

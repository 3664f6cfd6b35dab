"""Appending comments with their files; parts of a submit, never called on their own."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.actor import Actor
from tickets.changes import TicketChange
from tickets.drafts import CommentDraft
from tickets.errors import InvalidChange
from tickets.models import Attachment, Comment, EventType

PREVIEW_LENGTH = 160


def append(pairs: Sequence[tuple[TicketChange, CommentDraft]]) -> None:
    """Insert one comment a pair, at its audit's time, note it and take its files along."""
    rows = [
        Comment(
            ticket=change.ticket, author_id=draft.author_id, is_public=draft.is_public,
            # What an agent hands in for a customer is the customer's word.
            is_from_agent=change.actor.is_agent and draft.author_id == change.actor.user_id,
            body=draft.body, html=draft.html, reply_text=draft.reply_text or draft.body,
            channel=draft.channel, message_id=draft.message_id or None,
            digest=draft.digest or None,
            metadata={key: value for key, value in draft.metadata.items() if key != "audit"},
            created_at=change.audit.created_at,
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
        if draft.upload_ids:
            _take_uploads(comment, draft, change.actor)
    Attachment.objects.bulk_create(files)


def _take_uploads(comment: Comment, draft: CommentDraft, actor: Actor) -> None:
    taken = Attachment.objects.filter(
        pk__in=draft.upload_ids, comment=None, uploaded_by_id=actor.user_id or draft.author_id
    ).update(comment=comment)
    if taken != len(set(draft.upload_ids)):
        raise InvalidChange(
            "attachments", "An attachment is no longer there. Remove it, attach it again, submit."
        )


def preview_of(draft: CommentDraft) -> str:
    """The beginning of the visible text on one line; empty for internal notes."""
    if not draft.is_public:
        return ""
    text = " ".join((draft.reply_text or draft.body)[: 4 * PREVIEW_LENGTH].split())
    return text[:PREVIEW_LENGTH]

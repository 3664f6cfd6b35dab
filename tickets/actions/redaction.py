"""Taking words and files out of messages for good (attack 24). What is gone cannot be brought back.

The words go from every stored form: the comment and whatever quotes it on its own ticket and on
those merged or split with it, subject, text of custom fields, preview, history, notifications,
search; the original as it came is dropped whole, since it may hold them encoded. The steps of
settings.REDACTION_STEPS do the same in their rooms, in the same transaction. Mail that has left the
house is out of reach.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.module_loading import import_string

from accounts.actor import Actor
from core import clock, outbox, redaction
from tickets import policies
from tickets.actions import columns, comments
from tickets.actions.finish import finish
from tickets.changes import TicketChange
from tickets.conditions.custom import PREFIX
from tickets.errors import CommentNotFound, InvalidChange, NotPermitted
from tickets.models import (
    Attachment,
    Audit,
    AuditEvent,
    BulkItem,
    Comment,
    Delivery,
    EventType,
    FieldType,
    MergeRecord,
    ReplyDraft,
    SatisfactionRating,
    SideAttachment,
    SideConversation,
    SideMessage,
    Ticket,
    TicketField,
    TicketLink,
)
from tickets.search.documents import rebuild_document

FILES_TOPIC = "files.redacted"
_TEXTS = (FieldType.TEXT, FieldType.TEXTAREA, FieldType.REGEXP)


@dataclass(slots=True)
class Redaction:
    """What a redaction takes away, for the steps of other rooms.

    `pattern` finds the words and their quoted copies; None when only files go. `comment_ids` are
    the comments that lost words or files (`side_message_ids`: messages of side conversations): of
    these no original may be kept.
    """

    ticket_ids: tuple[int, ...]
    pattern: re.Pattern[str] | None
    comment_ids: set[int] = field(default_factory=set)
    side_message_ids: set[int] = field(default_factory=set)


@transaction.atomic
def redact_comment(
    *,
    actor: Actor,
    comment_id: int,
    texts: Sequence[str] = (),
    is_whole: bool = False,
    attachment_ids: Sequence[int] = (),
) -> Comment:
    """Take texts, or with `is_whole` everything that was written, and files out of a comment.

    1. Lock the tickets concerned, check policy and that there is something to take.
    2. Change comments, columns and history; drop files; note an event for each comment and file.
    3. Run the steps of other rooms, write the search documents anew, post files to be deleted.

    Raises TicketNotFound, NotPermitted, InvalidChange.
    """
    tickets, comment = _locked(actor, comment_id)
    files = list(comment.attachments.filter(pk__in=attachment_ids).order_by("id"))
    pattern = redaction.pattern_of(texts)
    if not (is_whole or pattern or files):
        raise InvalidChange("text", "Choose what is to be taken out: words, or files.")
    if pattern and not is_whole and not _holds(comment, pattern):
        raise InvalidChange("text", "These words do not stand in the message. Check the spelling.")
    found = redaction.lines_of(comment.body) if is_whole else pattern
    work = _Work(actor, Redaction(tuple(each.pk for each in tickets), found), clock.now())
    for each in tickets:
        work.begin(each)
    if is_whole:
        work.empty(comment)
    if found:
        work.take_words(found, only_quotes=is_whole, but=comment if is_whole else None)
    work.take_files(files)
    work.end()
    comment.refresh_from_db()
    return comment


@transaction.atomic
def redact_words(*, actor: Actor, ticket_id: int, texts: Sequence[str]) -> Ticket:
    """Take words out of a ticket wherever they stand: its messages, its subject, its fields.

    Raises TicketNotFound, NotPermitted, InvalidChange.
    """
    tickets = _tickets_with(actor, ticket_id)
    pattern = redaction.pattern_of(texts)
    if pattern is None:
        raise InvalidChange("text", "Write the words that are to be taken out: at least 3 letters.")
    work = _Work(actor, Redaction(tuple(each.pk for each in tickets), pattern), clock.now())
    for each in tickets:
        work.begin(each)
    work.take_words(pattern, only_quotes=False, but=None)
    if not work.has_taken:
        raise InvalidChange("text", "These words do not stand on this ticket. Check the spelling.")
    work.end()
    return Ticket.objects.get(pk=ticket_id)


def _locked(actor: Actor, comment_id: int) -> tuple[list[Ticket], Comment]:
    """The comment, and every ticket that may hold copies of it; locked in one order."""
    ticket_id = Comment.objects.filter(pk=comment_id).values_list("ticket_id", flat=True).first()
    if ticket_id is None or not policies.visible_tickets(actor).filter(pk=ticket_id).exists():
        raise CommentNotFound(comment_id)
    tickets = _tickets_with(actor, ticket_id)
    return tickets, Comment.objects.select_for_update().get(pk=comment_id)


def _tickets_with(actor: Actor, ticket_id: int) -> list[Ticket]:
    """A ticket and those linked or merged with it, locked. Raises TicketNotFound, NotPermitted."""
    policies.visible_ticket(actor, ticket_id)
    if not policies.may_redact(actor):
        raise NotPermitted("Redacting is for team leads and administrators.")
    links = TicketLink.objects.filter(Q(source=ticket_id) | Q(target=ticket_id))
    linked = {pk for pair in links.values_list("source_id", "target_id") for pk in pair}
    merged = Q(merged_into=ticket_id) | Q(merged_tickets=ticket_id)
    ids = Ticket.objects.filter(Q(pk__in=[*linked, ticket_id]) | merged).values("pk")
    rows = Ticket.objects.filter(pk__in=list(ids.values_list("pk", flat=True)))
    return list(rows.select_for_update(no_key=True).order_by("id"))


def _holds(comment: Comment, pattern: re.Pattern[str]) -> bool:
    if pattern.search(comment.body) or pattern.search(comment.reply_text):
        return True
    return redaction.redact_html(comment.html, pattern) != comment.html


class _Work:
    """One redaction under way: a change for each ticket, with what happened to its comments."""

    def __init__(self, actor: Actor, taken: Redaction, now: datetime) -> None:
        self.actor, self.taken, self.now = actor, taken, now
        self.changes: dict[int, TicketChange] = {}
        self.befores: dict[int, dict[str, Any]] = {}
        self.keys: list[str] = []

    @cached_property
    def typed(self) -> set[str]:
        """The custom fields whose values are text, by id."""
        rows = TicketField.objects.filter(type__in=_TEXTS).values_list("pk", flat=True)
        return {str(pk) for pk in rows}

    def begin(self, ticket: Ticket) -> None:
        audit = Audit(
            ticket=ticket, author_id=self.actor.user_id, channel=self.actor.channel,
            cause=self.actor.cause, created_at=self.now,
        )  # fmt: skip
        self.befores[ticket.pk] = columns.columns_of(ticket)
        self.changes[ticket.pk] = TicketChange(ticket=ticket, actor=self.actor, audit=audit)

    def empty(self, comment: Comment) -> None:
        """Nothing of what was written stays; flags and who wrote it do."""
        comment.body = comment.reply_text = redaction.MARK
        comment.html = ""
        kept = ("flags", "was_held", "waits", "recipients", "sender")
        comment.metadata = {key: comment.metadata[key] for key in kept if key in comment.metadata}
        self._save(comment, is_whole=True)

    def take_words(
        self, pattern: re.Pattern[str], *, only_quotes: bool, but: Comment | None
    ) -> None:
        """Out of all comments (with `only_quotes`: of what they quote), columns and history."""
        rows = Comment.objects.filter(ticket__in=self.taken.ticket_ids).order_by("id")
        for comment in rows.select_for_update():
            if comment.pk == (but and but.pk) or (only_quotes and not comment.has_quoted_text):
                continue
            if _take_out(comment, pattern, with_reply=not only_quotes):
                self._save(comment)
        for change in self.changes.values():
            if pattern.search(change.ticket.subject):
                change.ticket.subject = redaction.redact_text(change.ticket.subject, pattern)
                change.add(EventType.FIELD_REDACTION, "subject")
            change.ticket.via_source = redaction.redact_value(change.ticket.via_source, pattern)
            self._take_from_fields(change, pattern)
        ids = self.taken.ticket_ids
        events = AuditEvent.objects.filter(audit__ticket__in=ids).exclude(
            value=None, previous_value=None
        )
        _rewrite(events, ("value", "previous_value"), pattern)
        deliveries = Delivery.objects.filter(ticket__in=ids).exclude(body="", subject="", error="")
        _rewrite(deliveries, ("subject", "body", "error"), pattern)
        _rewrite(SatisfactionRating.objects.filter(ticket__in=ids), ("comment",), pattern)
        for draft in ReplyDraft.objects.filter(ticket__in=ids).order_by("id"):
            draft.html = redaction.redact_html(draft.html, pattern)
            draft.preview = redaction.redact_text(draft.preview, pattern)
            if "fields" in draft.extras:
                draft.extras["fields"] = redaction.redact_value(draft.extras["fields"], pattern)
            draft.save(update_fields=["html", "preview", "extras"])
        side = SideConversation.objects.filter(ticket__in=ids)
        _rewrite(side, ("subject", "preview"), pattern)
        for message in SideMessage.objects.filter(conversation__in=side).order_by("id"):
            if _take_out(message, pattern, with_reply=True):
                message.save(update_fields=["body", "html", "reply_text", "metadata"])
                self.taken.side_message_ids.add(message.pk)
        _rewrite(BulkItem.objects.filter(number__in=ids), ("changed",), pattern)
        merges = MergeRecord.objects.filter(Q(source__in=ids) | Q(target__in=ids))
        _rewrite(merges, ("before",), pattern)

    def _take_from_fields(self, change: TicketChange, pattern: re.Pattern[str]) -> None:
        """Out of what was typed; a choice of a list, a number or a date is no text."""
        fields = dict(change.ticket.custom_fields)
        for key, value in fields.items():
            if key in self.typed and isinstance(value, str) and pattern.search(value):
                fields[key] = redaction.redact_text(value, pattern)
                name = f"{PREFIX}{key}"
                change.add(EventType.FIELD_REDACTION, name)
        change.ticket.custom_fields = fields

    @property
    def has_taken(self) -> bool:
        """Whether the words stood anywhere that people read."""
        is_noted = any(change.events for change in self.changes.values())
        return is_noted or bool(self.taken.side_message_ids)

    def take_files(self, files: Iterable[Attachment]) -> None:
        """These, and the same bytes wherever they are attached on the tickets concerned."""
        digests = [file.sha256 for file in files]
        if not digests:
            return
        copies = Attachment.objects.filter(
            comment__ticket__in=self.taken.ticket_ids, sha256__in=digests
        ).select_related("comment")
        for file in copies.order_by("id"):
            comment = file.comment
            assert comment is not None  # noqa: S101  filtered by it
            comment.redacted_at = self.now
            comment.save(update_fields=["redacted_at"])
            self.taken.comment_ids.add(comment.pk)
            self.changes[comment.ticket_id].add(
                EventType.ATTACHMENT_REDACTION, value={"attachment_id": file.pk}, comment=comment
            )
            self.keys += file_keys(file)
            file.delete()
        forwarded = SideAttachment.objects.filter(
            message__conversation__ticket__in=self.taken.ticket_ids, sha256__in=digests
        )
        self.keys += forwarded.values_list("key", flat=True)
        self.taken.side_message_ids.update(forwarded.values_list("message_id", flat=True))
        forwarded.delete()

    def end(self) -> None:
        changed = [change for change in self.changes.values() if change.events]
        for change in changed:
            change.ticket.updated_at = self.now
            change.ticket.preview = latest_preview(change.ticket)
            change.audit.save(force_insert=True)
            columns.save(change.ticket, self.befores[change.ticket.pk], self.now)
        for step in _steps():
            step(self.taken)
        finish(changed)
        for change in changed:
            rebuild_document(change.ticket)
        if self.keys:
            outbox.post(FILES_TOPIC, {"keys": self.keys})

    def _save(self, comment: Comment, *, is_whole: bool = False) -> None:
        comment.redacted_at = self.now
        comment.save(update_fields=["body", "html", "reply_text", "metadata", "redacted_at"])
        self.taken.comment_ids.add(comment.pk)
        self.changes[comment.ticket_id].add(
            EventType.COMMENT_REDACTION, value={"is_whole": is_whole}, comment=comment
        )


def file_keys(file: Attachment) -> list[str]:
    """Where the bytes of a file lie: its own, and those of pictures that were made of it."""
    return [file.key, *file.renditions.exclude(key="").values_list("key", flat=True)]


def _take_out(
    comment: Comment | SideMessage, pattern: re.Pattern[str], *, with_reply: bool
) -> bool:
    """Whether the comment held the words; then they are gone from it in memory."""
    before = (comment.body, comment.html, comment.reply_text, comment.metadata)
    was_all = comment.reply_text.strip() == comment.body.strip()
    comment.body = redaction.redact_text(comment.body, pattern)
    comment.html = redaction.redact_html(comment.html, pattern)
    comment.metadata = redaction.redact_value(comment.metadata, pattern)
    if with_reply:
        text = redaction.redact_text(comment.reply_text, pattern)
        comment.reply_text = comment.body if was_all else text
    return before != (comment.body, comment.html, comment.reply_text, comment.metadata)


def _rewrite(rows: Any, names: Sequence[str], pattern: re.Pattern[str]) -> None:
    """Save those of the rows that hold the words, without them."""
    for row in rows.order_by("pk").iterator(chunk_size=500):
        old = [getattr(row, name) for name in names]
        new = [redaction.redact_value(value, pattern) for value in old]
        if new == old:
            continue
        for name, value in zip(names, new, strict=True):
            setattr(row, name, value)
        row.save(update_fields=names)


def latest_preview(ticket: Ticket) -> str:
    last = ticket.comments.released().order_by("-created_at", "-id").first()
    return comments.shortened(last.reply_text or last.body) if last else ""


@cache
def _steps() -> list[Any]:
    return [import_string(name) for name in settings.REDACTION_STEPS]

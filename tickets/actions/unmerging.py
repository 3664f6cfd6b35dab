from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actor import Actor
from accounts.roles import Permission
from core import clock
from tickets import policies
from tickets.actions import bare, columns, comments, participants
from tickets.actions.finish import finish
from tickets.actions.merging import restored_value
from tickets.changes import TicketChange
from tickets.drafts import CommentDraft
from tickets.errors import InvalidChange, TicketNotFound
from tickets.models import (
    AuditEvent,
    Comment,
    EventType,
    MergeRecord,
    Participant,
    ParticipantRole,
    Ticket,
)
from tickets.search.documents import rebuild_document
from tickets.selectors.merges import UNDO_FOR

# What a public reply that has left has changed for good.
_BY_REPLY = ("preview", "replies", "is_public", "assignee_updated_at", "latest_comment_at")


@dataclass(frozen=True, slots=True)
class Unmerged:
    """What became of a merge that was taken back.

    `kept_ccs`: who stays in the target's CC, since they wrote there or somebody touched the list.
    `stayed`: comments of the source's people that came in since; they stay in the target.
    """

    source: Ticket
    target: Ticket
    kept_ccs: list[int] = field(default_factory=list)
    stayed: list[int] = field(default_factory=list)
    is_told: bool = False  # the source's requester has got a public reply about the merge


@transaction.atomic
def undo_merge(*, actor: Actor, merge_id: int) -> Unmerged:
    """Take a merge back within UNDO_FOR: the source is again what it was.

    1. The source gets back every column it had; the notes that the merge wrote go.
    2. Who came into the target's CC by it leaves again, unless they have written there since, or
       somebody has changed the CC list as to them.
    3. What the source's people wrote since stays in the target, where it may have been answered; a
       note on the source says so.

    Raises TicketNotFound, NotPermitted, InvalidChange (too late, undone already, deleted).
    """
    policies.require(actor, Permission.MERGE_TICKETS)
    record = MergeRecord.objects.filter(pk=merge_id).first()
    if record is None:
        raise TicketNotFound(merge_id)
    locked = {
        pk: policies.lock_visible_ticket(actor, pk)
        for pk in sorted((record.source_id, record.target_id))
    }
    record = MergeRecord.objects.select_for_update().get(pk=merge_id)
    now = clock.now()
    if record.undone_at is not None:
        raise InvalidChange("merge", _("This merge was undone already."))
    if now > record.created_at + UNDO_FOR:
        raise InvalidChange("merge", _("A merge can be undone for 30 days; these are over."))
    source, target = locked[record.source_id], locked[record.target_id]
    stayed = _since(record)
    is_told = Comment.objects.filter(pk__in=record.note_ids, is_public=True).exists()
    kept = _leave_target(actor, record, target, stayed)
    _restore_source(actor, record, source, stayed, is_told=is_told)
    record.undone_at, record.undone_by_id = now, actor.user_id
    record.save(update_fields=["undone_at", "undone_by"])
    return Unmerged(source, target, kept, [comment.pk for comment in stayed], is_told)


def _since(record: MergeRecord) -> list[Comment]:
    """What those who came along have written in the target since, in order."""
    people = {*record.cc_ids, record.before["requester_id"]}
    written = Comment.objects.filter(
        ticket=record.target_id, author_id__in=people, created_at__gte=record.created_at
    )
    return list(written.exclude(pk__in=record.note_ids).filter(is_from_agent=False).in_order())


def _leave_target(
    actor: Actor, record: MergeRecord, target: Ticket, stayed: Sequence[Comment]
) -> list[int]:
    """Take notes and CCs off the target. Returns the CCs that stay."""
    kept = _touched(record) | {comment.author_id for comment in stayed}
    change, before = bare.begin(actor, target, clock.now())
    change.is_undo = True
    present = Participant.objects.filter(ticket=target, role=ParticipantRole.CC).order_by("id")
    ids = list(present.values_list("user_id", flat=True))
    gone = [pk for pk in record.cc_ids if pk not in kept]
    participants.replace(change, {"cc_ids": [pk for pk in ids if pk not in gone]}, clock.now())
    _remove_notes(record, target)
    change.add(EventType.UNMERGE, value={"source": record.source_id})
    columns.save(target, before, clock.now())
    finish([change])
    return [pk for pk in record.cc_ids if pk in kept and pk in ids]


def _touched(record: MergeRecord) -> set[int]:
    """Those of the added people whom a later change of the CC list took off or put on."""
    events = AuditEvent.objects.filter(
        audit__ticket=record.target_id, type=EventType.CC, audit__created_at__gt=record.created_at
    )
    touched: set[int] = set()
    for before, after in events.values_list("previous_value", "value"):
        touched |= set(before or []) ^ set(after or [])
    return touched & set(record.cc_ids)


def _remove_notes(record: MergeRecord, ticket: Ticket) -> None:
    """The internal notes that the merge wrote on a ticket, with what search knows of them."""
    Comment.objects.filter(
        pk__in=record.note_ids, ticket=ticket, is_public=False, redacted_at=None
    ).delete()
    rebuild_document(ticket)


def _restore_source(
    actor: Actor,
    record: MergeRecord,
    source: Ticket,
    stayed: Sequence[Comment],
    *,
    is_told: bool,
) -> None:
    now = clock.now()
    change, before = bare.begin(actor, source, now)
    change.is_undo = True
    _remove_notes(record, source)
    for name, value in _columns_to_restore(record, is_told=is_told).items():
        setattr(source, name, restored_value(name, value))
    source.updated_at = now
    if stayed:
        _say_what_stayed(change, record, stayed)
    columns.record(change, before)
    change.add(EventType.UNMERGE, value={"target": record.target_id})
    columns.save(source, before, now)
    finish([change])


def _columns_to_restore(record: MergeRecord, *, is_told: bool) -> dict[str, Any]:
    own = {f.attname for f in Ticket._meta.concrete_fields}  # a later version may have others
    return {
        name: value
        for name, value in record.before.items()
        if name in own and not (is_told and name in _BY_REPLY)
    }


def _say_what_stayed(change: TicketChange, record: MergeRecord, stayed: Sequence[Comment]) -> None:
    text = _(
        "The merge into #%(target)d was undone. %(n)d message(s) that came in since stayed there."
    ) % {"target": record.target_id, "n": len(stayed)}
    author_id = change.actor.user_id or change.ticket.submitter_id
    draft = CommentDraft(author_id=author_id, body=text, is_public=False,
                         channel=change.actor.channel)  # fmt: skip
    comments.append([(change, draft)])

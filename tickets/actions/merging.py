from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actor import Actor
from accounts.roles import Permission
from core import clock
from core.html import from_text
from tickets import policies
from tickets.actions import bare, checks, columns, comments, pauses
from tickets.actions.finish import finish
from tickets.actions.tickets import update_ticket
from tickets.drafts import CommentDraft, TicketChanges
from tickets.errors import InvalidChange, TicketClosed
from tickets.models import (
    Comment,
    EventType,
    MergeRecord,
    Participant,
    ParticipantRole,
    Status,
    Ticket,
)

MERGE_TAG = "closed_by_merge"
MOST_SOURCES = 20
# Of a source, what moves on with every change, or is reckoned by others from the ticket.
NOT_KEPT = ("id", "version", "updated_at", "generated_at", "sla_next_breach_at")


@dataclass(frozen=True, slots=True)
class MergeWords:
    """What a merge says: `to_requesters` is a public reply on each source, none when empty.

    `note` stands before the first message of a source in the target.
    """

    note: str = ""
    to_requesters: str = ""


def merge_tickets(*, actor: Actor, source_id: int, target_id: int) -> Ticket:
    """Fold one ticket into another. Errors: see merge_into."""
    return merge_into(actor=actor, target_id=target_id, source_ids=[source_id])


@transaction.atomic
def merge_into(
    *,
    actor: Actor,
    target_id: int,
    source_ids: Sequence[int],
    words: MergeWords | None = None,
) -> Ticket:
    """Fold tickets into one (domain-standards.md §1, "Merge"); all or none. It can be undone.

    1. The target gets a private note with each source's first text, and the sources' requesters and
       CCs as CC.
    2. Each source is tagged, closed with a note, and from now on points to the target; a later
       reply to it lands there. What was scheduled to be sent there is held back.
    3. A MergeRecord keeps what was before (undo: tickets.actions.undo_merge).

    Raises TicketNotFound, NotPermitted, TicketClosed, InvalidChange.
    """
    policies.require(actor, Permission.MERGE_TICKETS)
    sources = list(dict.fromkeys(source_ids))
    _check(sources, target_id)
    locked = {pk: policies.lock_visible_ticket(actor, pk) for pk in sorted({*sources, target_id})}
    for ticket in locked.values():
        if ticket.is_closed:
            raise TicketClosed(ticket.pk)
    for pk in sources:
        _merge_one(actor, locked[pk], locked[target_id], words or MergeWords())
    return Ticket.objects.get(pk=target_id)


def _check(sources: Sequence[int], target_id: int) -> None:
    if not sources:
        raise InvalidChange("source", _("Choose the tickets that are to be merged."))
    if target_id in sources:
        raise InvalidChange("target", _("A ticket cannot be merged into itself."))
    if len(sources) > MOST_SOURCES:
        raise InvalidChange(
            "source", _("Merge at most %(n)d tickets at once.") % {"n": MOST_SOURCES}
        )


def _merge_one(actor: Actor, source: Ticket, target: Ticket, words: MergeWords) -> None:
    present = _ccs_of(target)
    joined = _joined_ccs(source, target, present)
    before = kept_columns(source)
    update_ticket(
        actor=actor, ticket_id=target.pk, changes=TicketChanges(cc_ids=joined),
        comment=_note(actor, target, _text_for_target(source, words)),
    )  # fmt: skip
    notes = [_latest_comment(target), *_close(actor, source, target, words)]
    MergeRecord.objects.create(
        source=source, target=target, actor_id=actor.user_id, before=before,
        cc_ids=[pk for pk in joined if pk not in present], note_ids=notes, created_at=clock.now(),
    )  # fmt: skip


def kept_columns(source: Ticket) -> dict[str, Any]:
    """The source's columns as JSON; `restored_value` turns them back."""
    return {
        name: checks.plain(value)
        for name, value in columns.columns_of(source).items()
        if name not in NOT_KEPT
    }


def restored_value(name: str, value: Any) -> Any:
    """A column's value out of its JSON."""
    field = next(f for f in Ticket._meta.concrete_fields if f.attname == name)
    return value if value is None else field.to_python(value)


def _close(actor: Actor, source: Ticket, target: Ticket, words: MergeWords) -> list[int]:
    """Close the source as one submit of its own; returns the ids of what was written there."""
    notes = []
    if words.to_requesters.strip():
        reply = _comment(actor, source, words.to_requesters, is_public=True)
        update_ticket(actor=actor, ticket_id=source.pk, comment=reply)
        source.refresh_from_db()
        notes.append(_latest_comment(source))
    now = clock.now()
    change, before = bare.begin(actor, source, now, author_id=source.submitter_id)
    change.is_silent = True
    pauses.pause_scheduled(change, why="merged")
    draft = _note(actor, source, _("This ticket was merged into #%(n)d.") % {"n": target.pk})
    comments.append([(change, draft)])
    source.status, source.merged_into = Status.CLOSED, target
    source.snoozed_until = None
    source.tags = checks.clean_tags([*source.tags, MERGE_TAG])
    change.add(EventType.MERGE, value={"target": target.pk})
    columns.set_times(source, before, actor, draft, now)
    columns.record(change, before)
    columns.count(change, before)
    columns.save(source, before, now)
    finish([change])
    assert change.comment is not None  # noqa: S101  append has just set it
    return [*notes, change.comment.pk]


def _latest_comment(ticket: Ticket) -> int:
    """What was just written there: the ticket is locked, so nobody else writes meanwhile."""
    return Comment.objects.filter(ticket=ticket).order_by("-id").values_list("id", flat=True)[0]


def _ccs_of(ticket: Ticket) -> list[int]:
    rows = Participant.objects.filter(ticket=ticket, role=ParticipantRole.CC)
    return list(rows.order_by("id").values_list("user_id", flat=True))


def _joined_ccs(source: Ticket, target: Ticket, present: Sequence[int]) -> tuple[int, ...]:
    """Everybody in the target's CC already, accepted CCs of the source, and its requester."""
    rows = Participant.objects.filter(ticket=source, role=ParticipantRole.CC, is_accepted=True)
    ids = [*present, *rows.order_by("id").values_list("user_id", flat=True), source.requester_id]
    return tuple(pk for pk in dict.fromkeys(ids) if pk != target.requester_id)


def _text_for_target(source: Ticket, words: MergeWords) -> str:
    first = source.comments.public().in_order().first()
    head = words.note.strip() or _("Ticket #%(n)d was merged into this one: “%(subject)s”") % {
        "n": source.pk, "subject": source.subject_or_placeholder,
    }  # fmt: skip
    return f"{head}\n\n{first.reply_text if first else ''}".rstrip()


def _note(actor: Actor, ticket: Ticket, text: str) -> CommentDraft:
    return _comment(actor, ticket, text, is_public=False)


def _comment(actor: Actor, ticket: Ticket, text: str, *, is_public: bool) -> CommentDraft:
    return CommentDraft(
        author_id=actor.user_id or ticket.submitter_id, body=text, html=from_text(text),
        is_public=is_public, channel=actor.channel,
    )  # fmt: skip

"""How one ticket of a job is changed, and the worker's turn at it (tickets.actions.bulk)."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Protocol

from accounts.actions import lift_suspension, suspend_user
from accounts.actor import Actor, actor_for
from accounts.errors import NotPermitted
from accounts.models import User
from core import clock, html, liquid
from macros.actions.files import copy_files
from macros.actions.macro_uses import AppliedMacro, as_applied, submit_with_macros
from macros.macro_plans import Reply, preview
from macros.models import Macro
from macros.values import values_for
from tickets import policies
from tickets.actions import (
    bulk,
    delete_ticket,
    mark_spam,
    merge_tickets,
    restore_ticket,
    undo_merge,
)
from tickets.actions.bulk import Outcome
from tickets.actions.puttingback import difference, put_back, state_of
from tickets.bulk import BulkRequest
from tickets.conditions import Situation
from tickets.drafts import CommentDraft
from tickets.errors import InvalidChange, TicketNotFound
from tickets.models import BulkItem, BulkJob, BulkKind, Comment, MergeRecord, Ticket

BULK_TASK = "macros.tasks.run_bulk"
TURN_SECONDS = 5.0
_SUSPENDED = "requester_suspended"
_STAYED = "What the customer wrote since the merge stays in the other ticket."


class Move(Protocol):
    def __call__(self, *, actor: Actor, ticket_id: int) -> Ticket: ...


def run_bulk() -> bool:
    """Go on with unfinished jobs for TURN_SECONDS. Returns whether there may be more to do."""
    until = time.monotonic() + TURN_SECONDS
    while bulk.run_slice(perform=perform):
        if time.monotonic() >= until:
            return True
    return False


def perform(job: BulkJob, item: BulkItem) -> Outcome:
    """Change one ticket as its job says, with the rights that the person has now.

    Raises TicketError, NotPermitted.
    """
    actor = _actor(job)
    match job.kind:
        case BulkKind.UNDO:
            return _undo(actor, job, item)
        case BulkKind.DELETE:
            return _moved(delete_ticket, actor, item.number)
        case BulkKind.RESTORE:
            return _moved(restore_ticket, actor, item.number)
        case BulkKind.SPAM:
            return _spam(actor, item.number, BulkRequest.from_json(job.request))
        case BulkKind.MERGE:
            target = BulkRequest.from_json(job.request).target or 0
            merge_tickets(actor=actor, source_id=item.number, target_id=target)
            return Outcome({"merged_into_id": [None, target]})
    return _update(actor, item.number, BulkRequest.from_json(job.request))


def _actor(job: BulkJob) -> Actor:
    person = User.objects.filter(pk=job.requested_by_id, is_active=True).first()
    if person is None:
        raise NotPermitted("Whoever asked for this works here no more.")
    return actor_for(person).on(job.channel, bulk={"id": job.pk, "total": job.total})


def _update(actor: Actor, number: int, request: BulkRequest) -> Outcome:
    ticket = policies.visible_ticket(actor, number)
    before = state_of(number)
    last = ticket.comments.order_by("-id").values_list("id", flat=True).first() or 0
    applied = _applied(request)
    submit_with_macros(
        actor=actor, ticket_id=number, applied=applied, changes=request.changes_for(ticket),
        comment=_comment(actor, ticket, request, as_applied(actor, applied)),
    )  # fmt: skip
    own = Comment.objects.filter(ticket=ticket, pk__gt=last, author_id=actor.user_id)
    written = own.order_by("id").values_list("id", flat=True).first()
    return Outcome(difference(before, state_of(number)), written)


def _applied(request: BulkRequest) -> list[AppliedMacro]:
    if request.macro_id is None:
        return []
    return [AppliedMacro(request.macro_id, request.macro_revision)]


def _comment(
    actor: Actor, ticket: Ticket, request: BulkRequest, macros: list[Macro]
) -> CommentDraft | None:
    """What is written on this ticket: the text, the macro's after it; None when there is none."""
    text = _filled(actor, ticket, request.text)
    reply, files = Reply(before=text, is_public=request.is_public), []
    if macros:
        made = preview(macros, ticket, actor, reply=reply)
        reply, files = made.reply, made.files
    body = reply.body.strip()
    if request.html and not body:
        body = html.to_text(request.html)
    if not body and not files:
        return None
    uploads = copy_files(actor=actor, files=files)
    return CommentDraft(
        author_id=actor.user_id or 0, body=body, reply_text=body, is_public=reply.is_public,
        html=html.sanitize(request.html) if request.html else html.from_text(body),
        channel=actor.channel, upload_ids=tuple(upload.pk for upload in uploads),
    )  # fmt: skip


def _filled(actor: Actor, ticket: Ticket, text: str) -> str:
    """The text with this ticket's values. Raises InvalidChange for one that cannot be filled in."""
    if "{{" not in text and "{%" not in text:
        return text
    try:
        situation = Situation(ticket=ticket, actor=actor, now=clock.now())
        return liquid.fill(text, values_for(situation), html=False)
    except liquid.BrokenText as error:
        raise InvalidChange("text", "The placeholders of the text cannot be filled in.") from error


def _moved(move: Move, actor: Actor, number: int) -> Outcome:
    """Out of sight or back; unchanged when it is there already."""
    was_deleted = Ticket.objects.filter(pk=number, deleted_at__isnull=False).exists()
    is_deleted = move(actor=actor, ticket_id=number).is_deleted
    return Outcome({"deleted": [was_deleted, is_deleted]} if was_deleted != is_deleted else {})


def _spam(actor: Actor, number: int, request: BulkRequest) -> Outcome:
    outcome = _moved(mark_spam, actor, number)
    if not (request.suspends and outcome.changed):
        return outcome
    person = Ticket.objects.select_related("requester").get(pk=number).requester
    if not person.is_customer or person.suspended_at is not None:
        return outcome
    suspend_user(actor=actor, user_id=person.pk, reason="spam")
    return replace(outcome, changed={**outcome.changed, _SUSPENDED: [None, person.pk]})


def _undo(actor: Actor, job: BulkJob, item: BulkItem) -> Outcome:
    if job.undoes is None:
        raise TicketNotFound(item.number)
    match job.undoes.kind:
        case BulkKind.DELETE | BulkKind.SPAM:
            restore_ticket(actor=actor, ticket_id=item.number)
            if _SUSPENDED in item.changed:
                lift_suspension(actor=actor, user_id=item.changed[_SUSPENDED][1])
            return Outcome({})
        case BulkKind.RESTORE:
            return _moved(delete_ticket, actor, item.number)
        case BulkKind.MERGE:
            return _unmerge(actor, item)
    left = put_back(
        actor=actor, ticket_id=item.number, changed=item.changed, comment_id=item.comment_id
    )
    return Outcome({}, why=left)


def _unmerge(actor: Actor, item: BulkItem) -> Outcome:
    rows = MergeRecord.objects.filter(source=item.number, undone_at=None)
    record = rows.order_by("-id").first()
    if record is None or record.target_id != item.changed["merged_into_id"][1]:
        raise InvalidChange("merge", "This merge was undone already.")
    done = undo_merge(actor=actor, merge_id=record.pk)
    return Outcome({}, why=_STAYED if done.stayed else "")

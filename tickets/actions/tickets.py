"""Create, update, delete: each one transaction, one audit a ticket, then steps and outbox."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.actor import Actor
from accounts.models import User
from core import clock
from tickets import policies
from tickets.actions import (
    assignment,
    checks,
    columns,
    comments,
    field_values,
    participants,
    pauses,
    required,
    snoozes,
)
from tickets.actions.finish import finish
from tickets.changes import TicketChange
from tickets.drafts import CommentDraft, TicketChanges, TicketDraft
from tickets.errors import InvalidChange, TicketClosed
from tickets.models import Audit, EventType, Status, Ticket, TicketForm

CREATE_FIELDS = ("subject", "status", "type", "priority", "group_id", "assignee_id",
                 "requester_id", "organization_id", "tags", "custom_fields", "form_id",
                 "snoozed_until")  # fmt: skip


def create_ticket(*, actor: Actor, draft: TicketDraft) -> Ticket:
    """Make one ticket with its first comment. Errors: see create_tickets."""
    return create_tickets(actor=actor, drafts=[draft])[0]


@transaction.atomic
def create_tickets(*, actor: Actor, drafts: Sequence[TicketDraft]) -> list[Ticket]:
    """Make tickets with their first comments, in the order given; all or none.

    The number of queries does not depend on how many there are.

    Raises NotPermitted, InvalidChange (naming the field).
    """
    policies.require_can_create(actor, drafts)
    checks.check_references(actor, [_references(draft) for draft in drafts])
    checks.check_external_ids([draft.external_id for draft in drafts if draft.external_id])
    now = clock.now()
    drafts = [_timed(draft, actor, now) for draft in drafts]
    requesters = User.objects.in_bulk({draft.requester_id for draft in drafts})
    tickets = [_new_ticket(draft, requesters, now) for draft in drafts]
    _give_usual_form(tickets)
    assignment.complete_new(tickets)
    for ticket in tickets:
        ticket.assignee_stations = int(ticket.assignee_id is not None)
        ticket.group_stations = int(ticket.group_id is not None)
    Ticket.objects.bulk_create(tickets)
    audits = Audit.objects.bulk_create(
        [
            Audit(
                ticket=ticket, author_id=actor.user_id or draft.comment.author_id,
                channel=actor.channel, cause=actor.cause,
                metadata=draft.comment.metadata.get("audit", {}), created_at=ticket.created_at,
            )
            for ticket, draft in zip(tickets, drafts, strict=True)
        ]
    )  # fmt: skip
    changes = [
        TicketChange(
            ticket=ticket, actor=actor, audit=audit, is_creation=True, is_silent=draft.is_silent,
            may_be_answered=draft.comment.may_be_answered,
        )
        for ticket, audit, draft in zip(tickets, audits, drafts, strict=True)
    ]  # fmt: skip
    for change in changes:
        for name in CREATE_FIELDS:
            if value := getattr(change.ticket, name):
                change.add(EventType.CREATE, name, value=checks.plain(value))
    pairs = list(zip(changes, drafts, strict=True))
    comments.append([(change, draft.comment) for change, draft in pairs])
    participants.add_first(pairs)
    finish(changes)
    return tickets


def _timed(draft: TicketDraft, actor: Actor, now: datetime) -> TicketDraft:
    comment = comments.timed(draft.comment, actor, now=now, is_silent=draft.is_silent)
    return draft if comment is draft.comment else replace(draft, comment=comment)


def _references(draft: TicketDraft) -> dict[str, Any]:
    names = ("group_id", "organization_id", "cc_ids", "follower_ids", "problem_id",
             "followup_source_id", "form_id")  # fmt: skip
    return {name: getattr(draft, name) for name in names}


def _give_usual_form(tickets: Sequence[Ticket]) -> None:
    """The form that new tickets get, for those that were made without one."""
    without = [ticket for ticket in tickets if ticket.form_id is None]
    if without and (form := TicketForm.objects.filter(is_default=True).first()):
        for ticket in without:
            ticket.form = form


def _new_ticket(draft: TicketDraft, requesters: dict[int, User], now: datetime) -> Ticket:
    requester = requesters.get(draft.requester_id)
    if requester is None:
        raise InvalidChange("requester_id", "The requester does not exist.")
    checks.check_choices(status=draft.status, type=draft.type, priority=draft.priority)
    checks.check_kind(draft.type, due_at=draft.due_at, problem_id=draft.problem_id)
    at = draft.created_at or now
    is_done = draft.status in Status.done()
    comment = draft.comment
    by_requester = comment.author_id == draft.requester_id
    return Ticket(
        subject=checks.clean_subject(draft.subject), status=draft.status, type=draft.type,
        priority=draft.priority, requester=requester,
        submitter_id=draft.submitter_id or draft.requester_id,
        assignee_id=draft.assignee_id, group_id=draft.group_id,
        organization_id=draft.organization_id or requester.organization_id,
        channel=draft.channel, via_source=draft.via_source, recipient=draft.recipient,
        external_id=draft.external_id or None, language=draft.language or requester.language,
        tags=checks.clean_tags(draft.tags),
        custom_fields=checks.clean_custom_fields(draft.custom_fields),
        problem_id=draft.problem_id, followup_source_id=draft.followup_source_id,
        form_id=draft.form_id, snoozed_until=None if is_done else draft.snoozed_until,
        due_at=draft.due_at, is_public=comment.is_public and comment.send_at is None,
        preview=comments.preview_of(comment),
        created_at=at, updated_at=at, generated_at=now, status_updated_at=at,
        latest_comment_at=at, requester_updated_at=at if by_requester else None,
        solved_at=at if is_done else None,
        closed_at=at if draft.status == Status.CLOSED else None,
    )  # fmt: skip


@transaction.atomic
def update_ticket(
    *,
    actor: Actor,
    ticket_id: int,
    changes: TicketChanges | None = None,
    comment: CommentDraft | None = None,
    expected_version: int | None = None,
    is_silent: bool = False,
) -> Ticket:
    """One submit on a ticket: any fields, at most one comment, one audit.

    1. Lock the ticket and check policy, version and values.
    2. Apply the fields, then what the comment means for the status.
    3. Save the changed columns, comment, participants, events.
    4. Run the steps and write the outbox.

    A submit that changes nothing leaves no trace.

    Raises TicketNotFound, NotPermitted, TicketClosed, InvalidChange, ConflictingChange,
    WrittenMeanwhile.
    """
    ticket = policies.lock_visible_ticket(actor, ticket_id)
    if ticket.is_closed and (comment or not actor.is_system):
        raise TicketClosed(ticket.pk)
    given = (changes or TicketChanges()).given()
    policies.require_can_update(actor, ticket, given, comment)
    checks.check_references(actor, [given])
    checks.check_version(ticket, expected_version, given)
    checks.check_seen(ticket, actor, comment)
    now = clock.now()
    if comment:
        comment = comments.timed(comment, actor, now=now, is_silent=is_silent)
    audit = Audit(
        ticket=ticket, author_id=actor.user_id or (comment.author_id if comment else None),
        channel=actor.channel, cause=actor.cause,
        metadata=comment.metadata.get("audit", {}) if comment else {}, created_at=now,
    )  # fmt: skip
    change = TicketChange(ticket=ticket, actor=actor, audit=audit, is_silent=is_silent)
    if comment:
        change.may_be_answered = comment.may_be_answered
    before = columns.columns_of(ticket)
    snoozes.check(given, now)
    field_values.apply(ticket, given)
    if comment:
        _apply_comment(ticket, actor, comment, given)
    required.check_solvable(ticket, before, actor)
    snoozes.wake_when_over(ticket, given)
    assignment.complete(ticket, before, actor, given)
    columns.set_times(ticket, before, actor, comment, now)
    columns.record(change, before)
    member_lists = {name: given[name] for name in participants.LISTS if name in given}
    participants.replace(change, member_lists, now)
    if not change.events and comment is None:
        return ticket
    audit.save(force_insert=True)
    if comment:
        comments.append([(change, comment)])
    if change.comment and change.comment.is_public and not change.comment.is_from_agent:
        pauses.pause_scheduled(change)
    columns.count(change, before)
    columns.save(ticket, before, now)
    finish([change])
    return ticket


def solve_ticket(*, actor: Actor, ticket_id: int, comment: CommentDraft | None = None) -> Ticket:
    """Set the status to solved. Errors: see update_ticket."""
    return update_ticket(
        actor=actor, ticket_id=ticket_id, changes=TicketChanges(status=Status.SOLVED),
        comment=comment,
    )  # fmt: skip


def close_tickets(*, actor: Actor, ticket_ids: Sequence[int]) -> None:
    """Close solved tickets for good, one audit each. Errors: see update_ticket."""
    for ticket_id in ticket_ids:
        update_ticket(actor=actor, ticket_id=ticket_id, changes=TicketChanges(status=Status.CLOSED))


def _apply_comment(
    ticket: Ticket, actor: Actor, comment: CommentDraft, given: dict[str, Any]
) -> None:
    """A customer's public word reopens what waited on them or was done (domain-standards.md §1)."""
    if comment.send_at or not (comment.is_public or comment.is_withheld):
        return  # what waits to be sent changes this when it is released
    if not comment.is_withheld:
        ticket.is_public = True
        ticket.preview = comments.preview_of(comment)
    waits = (Status.PENDING, Status.HOLD, Status.SOLVED)
    if not actor.is_agent and comment.reopens:
        ticket.snoozed_until = None
        if ticket.status in waits and "status" not in given:
            ticket.status = Status.OPEN

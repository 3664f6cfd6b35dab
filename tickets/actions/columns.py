"""A ticket's columns before and after a submit: noted times, recorded changes, what is saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from accounts.actor import Actor
from core.bulk import update_columns
from tickets.actions import checks
from tickets.changes import TicketChange
from tickets.drafts import CommentDraft
from tickets.models import Comment, EventType, Status, Ticket

RECORDED = ("subject", "status", "type", "priority", "requester_id", "assignee_id", "group_id",
            "organization_id", "tags", "problem_id", "due_at", "external_id",
            "schedule_id", "form_id", "snoozed_until")  # fmt: skip


def columns_of(ticket: Ticket) -> dict[str, Any]:
    names = [column.attname for column in Ticket._meta.concrete_fields]
    return {name: getattr(ticket, name) for name in names} | {
        "custom_fields": dict(ticket.custom_fields),
        "tags": list(ticket.tags),
    }


def restore(ticket: Ticket, before: dict[str, Any]) -> None:
    """Make the ticket in memory what it was."""
    for name, value in before.items():
        setattr(ticket, name, value)


def set_times(
    ticket: Ticket,
    before: dict[str, Any],
    actor: Actor,
    comment: CommentDraft | None,
    now: datetime,
) -> None:
    ticket.updated_at = now
    if ticket.status != before["status"]:
        ticket.status_updated_at = now
        if ticket.status in Status.done():
            ticket.solved_at = before["solved_at"] or now
        else:
            ticket.solved_at = None
        ticket.closed_at = now if ticket.status == Status.CLOSED else None
    if ticket.assignee_id != before["assignee_id"] and ticket.assignee_id:
        ticket.assigned_at = now
        ticket.initially_assigned_at = before["initially_assigned_at"] or now
    if comment:
        ticket.latest_comment_at = now
        if comment.author_id == ticket.requester_id:
            ticket.requester_updated_at = now
        elif actor.is_agent:
            ticket.assignee_updated_at = now


def record(change: TicketChange, before: dict[str, Any]) -> None:
    """One Change event for every property that differs."""
    for name in RECORDED:
        previous, value = before[name], getattr(change.ticket, name)
        if previous != value:
            change.add(EventType.CHANGE, name, checks.plain(previous), checks.plain(value))
    fields = change.ticket.custom_fields
    for key in sorted({*before["custom_fields"], *fields}):
        previous, value = before["custom_fields"].get(key), fields.get(key)
        if previous != value:
            change.add(EventType.CHANGE, f"custom_fields_{key}", previous, value)


def count(change: TicketChange, before: dict[str, Any]) -> None:
    """Bring the ticket's counters up to date with a submit: stations, reopens, replies."""
    ticket, comment = change.ticket, change.public_comment
    if ticket.assignee_id != before["assignee_id"]:
        ticket.assignee_stations += bool(ticket.assignee_id)
    if ticket.group_id != before["group_id"]:
        ticket.group_stations += bool(ticket.group_id)
    if before["status"] in Status.done() and ticket.is_open:
        ticket.reopens += not change.is_undo
    if comment and comment.is_from_agent and not _opened_with(change, comment):
        ticket.replies += 1


def _opened_with(change: TicketChange, comment: Comment) -> bool:
    """Whether an agent's first message of a ticket is released: it answers nobody."""
    return change.is_release and comment.created_at == change.ticket.created_at


def save(ticket: Ticket, before: dict[str, Any], now: datetime) -> None:
    """Write what changed, as one more version of the ticket."""
    _count_version(ticket, now)
    save_changed(ticket, before)


def save_changed(ticket: Ticket, before: dict[str, Any]) -> None:
    """Write the columns that differ; part of a submit whose version is counted already."""
    ticket.save(update_fields=_changed(ticket, before))


def save_together(pairs: Sequence[tuple[Ticket, dict[str, Any]]], now: datetime) -> None:
    """`save` for tickets and what they were before, in one statement; for plain columns."""
    for ticket, _ in pairs:
        _count_version(ticket, now)
    changed = {name for ticket, before in pairs for name in _changed(ticket, before)}
    fields = [field.name for field in Ticket._meta.concrete_fields if field.attname in changed]
    update_columns([ticket for ticket, _ in pairs], fields)


def _count_version(ticket: Ticket, now: datetime) -> None:
    ticket.version += 1
    ticket.generated_at = max(now, ticket.generated_at)  # exports page on it: never backwards


def _changed(ticket: Ticket, before: dict[str, Any]) -> list[str]:
    after = columns_of(ticket)
    return [name for name, value in after.items() if value != before[name]]

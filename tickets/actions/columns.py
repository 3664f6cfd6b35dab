"""A ticket's columns before and after a submit: noted times, recorded changes, what is saved."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.actor import Actor
from tickets.actions import checks
from tickets.changes import TicketChange
from tickets.drafts import CommentDraft
from tickets.models import EventType, Status, Ticket

RECORDED = ("subject", "status", "type", "priority", "requester_id", "assignee_id", "group_id",
            "organization_id", "tags", "problem_id", "due_at", "external_id")  # fmt: skip


def columns_of(ticket: Ticket) -> dict[str, Any]:
    names = [column.attname for column in Ticket._meta.concrete_fields]
    return {name: getattr(ticket, name) for name in names} | {
        "custom_fields": dict(ticket.custom_fields),
        "tags": list(ticket.tags),
    }


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


def save(ticket: Ticket, before: dict[str, Any], now: datetime) -> None:
    ticket.version += 1
    ticket.generated_at = max(now, ticket.generated_at)  # exports page on it: never backwards
    after = columns_of(ticket)
    changed = [name for name, value in after.items() if value != before[name]]
    ticket.save(update_fields=changed)

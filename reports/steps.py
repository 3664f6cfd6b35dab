"""Keeping each ticket's facts true, as a step of the write path (definitions: TicketFact)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.bulk import update_columns
from reports.models import TicketFact
from tickets.changes import TicketChange
from tickets.models import Status, Ticket


def record_facts(changes: Sequence[TicketChange]) -> None:
    """Insert the facts of new tickets at once; bring those of changed ones up to date."""
    TicketFact.objects.bulk_create([_first_fact(c) for c in changes if c.is_creation])
    updated = [change for change in changes if not change.is_creation]
    if not updated:
        return
    facts = TicketFact.objects.in_bulk([change.ticket.pk for change in updated])
    names: set[str] = set()
    for change in updated:
        if fact := facts.get(change.ticket.pk):
            names.update(_apply(fact, change))
    if names:
        update_columns(list(facts.values()), sorted(names))


def _first_fact(change: TicketChange) -> TicketFact:
    ticket = change.ticket
    opening = change.public_comment
    opened_by_agent = bool(opening and opening.is_from_agent)
    fact = TicketFact(
        ticket=ticket, created_at=ticket.created_at, channel=ticket.channel,
        group_id=ticket.group_id, assignee_id=ticket.assignee_id,
        public_agent_comments=int(opened_by_agent), **_counters(ticket),
    )  # fmt: skip
    if ticket.status in Status.done():
        _note_solved(fact, ticket.created_at)
    return fact


def _apply(fact: TicketFact, change: TicketChange) -> list[str]:
    """Change the fact as the submit says; returns the columns that changed."""
    before = {field.attname: getattr(fact, field.attname) for field in fact._meta.concrete_fields}
    now = change.audit.created_at
    comment = change.public_comment  # one that waits counts when it leaves
    if comment and comment.is_from_agent:
        fact.public_agent_comments += 1
    if change.ticket.replies > fact.replies and fact.first_reply_at is None:
        fact.first_reply_at = now
        fact.first_reply_seconds = _seconds(fact.created_at, now)
    if status := change.changed("status"):
        was_done, is_done = status.previous_value in Status.done(), status.value in Status.done()
        if is_done and not was_done:
            _note_solved(fact, now)
        elif was_done and not is_done:
            if change.is_undo and fact.first_solved_at == fact.solved_at:
                fact.first_solved_at = fact.first_resolution_seconds = None
            fact.solved_at = fact.full_resolution_seconds = None
    if change.changed("deleted"):
        fact.is_deleted = change.ticket.is_deleted
    if change.changed("assignee_id"):
        fact.assignee_id = change.ticket.assignee_id
    if change.changed("group_id"):
        fact.group_id = change.ticket.group_id
    if change.ticket.reopens > fact.reopens:
        fact.reopened_at = now
    for name, value in _counters(change.ticket).items():
        setattr(fact, name, value)
    return [name for name, value in before.items() if getattr(fact, name) != value]


def _counters(ticket: Ticket) -> dict[str, int]:
    names = ("replies", "reopens", "assignee_stations", "group_stations")
    return {name: getattr(ticket, name) for name in names}


def _note_solved(fact: TicketFact, now: datetime) -> None:
    fact.solved_at = now
    fact.full_resolution_seconds = _seconds(fact.created_at, now)
    if fact.first_solved_at is None:
        fact.first_solved_at = now
        fact.first_resolution_seconds = fact.full_resolution_seconds


def _seconds(start: datetime, end: datetime) -> int:
    return max(0, int((end - start).total_seconds()))

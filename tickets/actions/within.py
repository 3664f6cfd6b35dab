"""What a step does to a ticket while a submit is under way: part of the same audit and version.

Steps (settings.TICKET_STEPS) see a change after it was saved. What a rule adds is saved here, each
event with the rule as its cause.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any

from django.db import transaction

from core import clock
from tickets.actions import (
    assignment,
    checks,
    columns,
    comments,
    field_values,
    participants,
)
from tickets.changes import TicketChange
from tickets.drafts import CommentDraft, TicketChanges
from tickets.models import AuditEvent, Comment, Ticket
from tickets.search.documents import write_documents


def change_within(
    change: TicketChange, changes: TicketChanges, *, cause: dict[str, Any], saves: bool = True
) -> list[AuditEvent]:
    """Change fields, CCs or followers because of a rule. Returns the events of what is different.

    `cause` names the rule, as {"kind", "id", "title", "revision"}. Nothing is left of a change that
    is refused: the caller notes the error and goes on. With `saves` False, for fields only, the
    caller sees to it that `save_within` follows.

    Raises InvalidChange.
    """
    ticket, given = change.ticket, changes.given()
    checks.check_references(change.actor, [given], by_rule=True)
    before = columns.columns_of(ticket)
    mark = len(change.events)
    try:
        with transaction.atomic() if saves else nullcontext():
            _apply(change, given, before)
            if saves:
                save_within(change, before, change.events[mark:])
    except Exception:
        columns.restore(ticket, before)
        del change.events[mark:]
        raise
    added = change.events[mark:]
    for event in added:
        event.cause = cause
    return added


def _apply(change: TicketChange, given: dict[str, Any], before: dict[str, Any]) -> None:
    ticket = change.ticket
    field_values.apply(ticket, given)
    if not ticket.is_open:
        ticket.snoozed_until = None  # what is solved does not sleep
    assignment.complete(ticket, before, change.actor, given)
    columns.set_times(ticket, before, change.actor, None, clock.now())
    columns.record(change, before)
    lists = {name: given[name] for name in participants.LISTS if name in given}
    participants.replace(change, lists, clock.now())
    _count_stations(change, before)


def save_within(change: TicketChange, before: dict[str, Any], events: Sequence[AuditEvent]) -> None:
    """Write what rules have changed on the ticket in memory since it was `before`; in the caller's
    savepoint.

    A subject or tags that a rule has set are found like those that people set.
    """
    columns.save_changed(change.ticket, before)
    if any(event.field_name in ("subject", "tags") for event in events):
        part = TicketChange(
            ticket=change.ticket, actor=change.actor, audit=change.audit, events=list(events)
        )
        write_documents([part])


def _count_stations(change: TicketChange, before: dict[str, Any]) -> None:
    """The submit's own comment has been counted; only fields can have changed since."""
    comment, change.comment = change.comment, None
    try:
        columns.count(change, before)
    finally:
        change.comment = comment


@transaction.atomic
def comment_within(change: TicketChange, draft: CommentDraft, *, cause: dict[str, Any]) -> Comment:
    """Append a rule's comment to the submit. `change.comment` stays the submit's own.

    It counts as the company's word; its author is whoever `draft` names.
    """
    own, mark = change.comment, len(change.events)
    try:
        comments.append([(change, draft)])
        comment = change.comment
        assert comment is not None  # noqa: S101  append has just set it
        comment.is_from_agent = True
        comment.save(update_fields=["is_from_agent"])
        _show(change.ticket, comment)
        write_documents([change])
    finally:
        change.comment = own
    for event in change.events[mark:]:
        event.cause = cause
    return comment


def _show(ticket: Ticket, comment: Comment) -> None:
    """What lists show of the ticket; a public comment is one that its customer may read."""
    ticket.latest_comment_at = comment.created_at
    if comment.is_public:
        ticket.is_public = True
        ticket.preview = comments.shortened(comment.reply_text or comment.body)
    ticket.save(update_fields=["latest_comment_at", "is_public", "preview"])

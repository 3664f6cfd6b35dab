"""Putting a ticket back to what it was before one change, if nobody has changed it since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction

from accounts.actor import Actor
from core import clock
from tickets import policies
from tickets.actions import checks, columns, participants, pauses, releases
from tickets.actions.finish import finish
from tickets.changes import TicketChange
from tickets.errors import AlreadyLeft, ChangedSince, InvalidChange, TicketClosed
from tickets.models import Audit, Comment, EventType, Participant, Ticket

# What every write sets, and what follows from the others: none of it is put back.
_ALWAYS = {"id", "version", "updated_at", "generated_at", "sla_next_breach_at", "custom_fields"}
_FIELD = "custom_fields_"
_PUT_BACK = (EventType.CHANGE, EventType.CC, EventType.FOLLOWER)
_LISTS = {"cc_ids": "cc", "follower_ids": "follower"}

Changed = dict[str, list[Any]]


def state_of(ticket_id: int) -> dict[str, Any]:
    """Everything of a ticket that a change may touch, as plain values. Two queries."""
    ticket = Ticket.objects.get(pk=ticket_id)
    values = {
        name: checks.plain(value)
        for name, value in columns.columns_of(ticket).items()
        if name not in _ALWAYS
    }
    values |= {f"{_FIELD}{key}": value for key, value in ticket.custom_fields.items()}
    members = list(
        Participant.objects.filter(ticket=ticket, is_accepted=True)
        .order_by("id")
        .values_list("role", "user_id")
    )
    for name, role in _LISTS.items():
        values[name] = [user_id for each, user_id in members if each == role]
    return values


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> Changed:
    """{name: [before, after]} of what differs; None where a custom field has no value."""
    names = sorted({*before, *after})
    pairs = {name: [before.get(name), after.get(name)] for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


@transaction.atomic
def put_back(
    *, actor: Actor, ticket_id: int, changed: Changed, comment_id: int | None = None
) -> str:
    """Give a ticket the values it had before a change; one audit, and rules do not act on it.

    1. Refuse when any property has another value than the change left: nothing is overwritten.
    2. Take back the change's reply if it has not left; mark its note as withdrawn. A note is never
       unwritten: colleagues may have read it, and taking words away is for those who may redact.
    3. Put back properties, lists, and what followed from them, where that still is so.

    Returns what could not be taken back, in a sentence; empty when everything was.

    Raises TicketNotFound, NotPermitted, TicketClosed, ChangedSince.
    """
    ticket = policies.lock_visible_ticket(actor, ticket_id)
    policies.require_can_edit(actor)
    if ticket.is_closed:
        raise TicketClosed(ticket.pk)
    present = state_of(ticket.pk)
    touched = [name for name in changed if _is_property(name)]
    if others := [name for name in touched if present.get(name) != changed[name][1]]:
        raise ChangedSince(others)
    comment = Comment.objects.filter(pk=comment_id).first() if comment_id else None
    left = _take_back(actor, comment) if comment else ""
    ticket = policies.lock_visible_ticket(actor, ticket_id)
    change = _begin(actor, ticket)
    if comment and not comment.is_public and pauses.TAKEN_BACK not in comment.flags:
        pauses.withdraw(change, comment)
    _restore(change, {
        name: before for name, (before, after) in changed.items()
        if _is_property(name) or present.get(name) == after
    })  # fmt: skip
    return left


UNDO_WITHIN = timedelta(minutes=10)


@transaction.atomic
def undo_submit(*, actor: Actor, ticket_id: int, audit_id: int) -> None:
    """Take back what a person changed in an own submit, where it still has the value they gave it.

    What rules made of the submit stays: it was not theirs, and the rules do not act on an undo.

    Raises what put_back raises; ChangedSince when nothing is left to take back; InvalidChange for
    somebody else's submit, an old one, or one that wrote.
    """
    since = clock.now() - UNDO_WITHIN
    own = Audit.objects.filter(ticket=ticket_id, author_id=actor.user_id, created_at__gt=since)
    audit = own.filter(pk=audit_id).first()
    if audit is None or audit.events.filter(type=EventType.COMMENT).exists():
        raise InvalidChange("audit", "This cannot be taken back any more.")
    policies.lock_visible_ticket(actor, ticket_id)
    changed = _changed_by_person(audit)
    present = state_of(ticket_id)
    still = {name: pair for name, pair in changed.items() if present.get(name) == pair[1]}
    if not still:
        raise ChangedSince(list(changed))
    put_back(actor=actor, ticket_id=ticket_id, changed=still)


def _changed_by_person(audit: Audit) -> Changed:
    """What the submit itself changed; events with a cause of their own are what rules added."""
    changed: Changed = {}
    for event in audit.events.filter(type__in=_PUT_BACK, cause={}).order_by("id"):
        first = changed.get(event.field_name, [event.previous_value])[0]
        changed[event.field_name] = [first, event.value]
    return changed


def _is_property(name: str) -> bool:
    return name in columns.RECORDED or name in _LISTS or name.startswith(_FIELD)


def _take_back(actor: Actor, comment: Comment) -> str:
    if not comment.is_public:
        return "Its note stays, marked as withdrawn."
    try:
        releases.take_back_comment(actor=actor, comment_id=comment.pk)
    except AlreadyLeft:
        return "Its reply had already left."
    return ""


def _begin(actor: Actor, ticket: Ticket) -> TicketChange:
    audit = Audit.objects.create(
        ticket=ticket, author_id=actor.user_id, channel=actor.channel, cause=actor.cause,
        created_at=clock.now(),
    )  # fmt: skip
    return TicketChange(ticket=ticket, actor=actor, audit=audit, is_undo=True)


def _restore(change: TicketChange, values: Mapping[str, Any]) -> None:
    ticket, now = change.ticket, change.audit.created_at
    before = columns.columns_of(ticket)
    by_name = {column.attname: column for column in Ticket._meta.concrete_fields}
    fields = dict(ticket.custom_fields)
    for name, value in values.items():
        if name.startswith(_FIELD):
            fields[name.removeprefix(_FIELD)] = value
        elif name not in _LISTS:
            setattr(ticket, name, by_name[name].to_python(value))
    ticket.custom_fields = {key: value for key, value in fields.items() if value is not None}
    ticket.updated_at = now
    columns.record(change, before)
    participants.replace(change, {n: values[n] for n in _LISTS if n in values}, now)
    columns.save(ticket, before, now)
    finish([change])

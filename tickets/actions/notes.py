"""Submits of the system that change nothing themselves: something has happened, rules may act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.actor import Actor
from core import clock
from core.bulk import update_columns
from tickets.actions import columns
from tickets.actions.finish import finish
from tickets.changes import TicketChange
from tickets.models import Audit, Ticket


@dataclass(frozen=True, slots=True)
class Note:
    """One event of the audit."""

    type: str
    field_name: str
    value: Any
    cause: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Noted:
    """What has happened to a ticket, which the caller has locked; `actor` says because of what."""

    ticket: Ticket
    actor: Actor
    notes: Sequence[Note]


@transaction.atomic
def note_on_tickets(*, noted: Sequence[Noted]) -> None:
    """One audit for each ticket, with all the steps of a submit; all or none.

    The number of queries does not depend on how many there are. The tickets' `updated_at` stays:
    nobody has worked on them.
    """
    if not noted:
        return
    now = clock.now()
    befores = [(each.ticket, columns.columns_of(each.ticket)) for each in noted]
    changes = [_change(each, now) for each in noted]
    Audit.objects.bulk_create([change.audit for change in changes])
    columns.save_together(befores, now)
    finish(changes)


def _change(noted: Noted, now: datetime) -> TicketChange:
    actor = noted.actor
    audit = Audit(
        ticket=noted.ticket, author_id=actor.user_id, channel=actor.channel, cause=actor.cause,
        created_at=now,
    )  # fmt: skip
    change = TicketChange(ticket=noted.ticket, actor=actor, audit=audit)
    for note in noted.notes:
        change.add(note.type, note.field_name, value=note.value, cause=note.cause)
    return change


def set_next_breaches(tickets: Sequence[Ticket]) -> None:
    """Write each ticket's `sla_next_breach_at`, as it was set on it; one statement.

    No version and no audit: it follows from the ticket, nobody decided it.
    """
    update_columns(tickets, ["sla_next_breach_at"])

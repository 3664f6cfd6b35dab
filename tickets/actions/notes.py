"""Submits of the system that change nothing themselves: something has happened, rules may act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
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


@transaction.atomic
def note_on_ticket(*, actor: Actor, ticket: Ticket, notes: Sequence[Note]) -> TicketChange:
    """One audit that says what has happened to a ticket, with all the steps of a submit.

    The caller has locked the ticket. Its `updated_at` stays: nobody has worked on it.
    """
    now = clock.now()
    before = columns.columns_of(ticket)
    audit = Audit.objects.create(
        ticket=ticket, author_id=actor.user_id, channel=actor.channel, cause=actor.cause,
        created_at=now,
    )  # fmt: skip
    change = TicketChange(ticket=ticket, actor=actor, audit=audit)
    for note in notes:
        change.add(note.type, note.field_name, value=note.value, cause=note.cause)
    columns.save(ticket, before, now)
    finish([change])
    return change


def set_next_breaches(tickets: Sequence[Ticket]) -> None:
    """Write each ticket's `sla_next_breach_at`, as it was set on it; one statement.

    No version and no audit: it follows from the ticket, nobody decided it.
    """
    update_columns(tickets, ["sla_next_breach_at"])

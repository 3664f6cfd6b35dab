"""The frame of a submit whose content the caller writes itself: audit before, columns after."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.actor import Actor
from tickets.actions import columns
from tickets.actions.finish import finish
from tickets.changes import TicketChange
from tickets.models import Audit, Ticket


def begin(
    actor: Actor, ticket: Ticket, now: datetime, *, author_id: int | None = None
) -> tuple[TicketChange, dict[str, Any]]:
    """The submit and the columns as they are; the caller has locked the ticket."""
    audit = Audit.objects.create(
        ticket=ticket, author_id=actor.user_id or author_id, channel=actor.channel,
        cause=actor.cause, created_at=now,
    )  # fmt: skip
    return TicketChange(ticket=ticket, actor=actor, audit=audit), columns.columns_of(ticket)


def end(change: TicketChange, before: dict[str, Any]) -> None:
    """Note times and differences, count, save as one version, run the steps."""
    ticket, now = change.ticket, change.audit.created_at
    columns.set_times(ticket, before, change.actor, None, now)
    columns.record(change, before)
    columns.count(change, before)
    columns.save(ticket, before, now)
    finish([change])

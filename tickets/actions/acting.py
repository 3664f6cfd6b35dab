"""Submits of the system in which a rule acts by itself, because a moment has come."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from accounts.actor import Actor
from core import clock
from tickets import policies
from tickets.actions import columns
from tickets.actions.finish import finish
from tickets.changes import TicketChange
from tickets.errors import TicketClosed
from tickets.models import Audit


@transaction.atomic
def act_on_ticket(
    *, actor: Actor, ticket_id: int, act: Callable[[TicketChange], None]
) -> TicketChange | None:
    """One submit whose content is what `act` does by tickets.actions.within; one audit.

    The steps run after it as on any submit. None when there was nothing to do: no trace is left.
    What `act` raises leaves nothing behind either.

    Raises TicketNotFound, TicketClosed.
    """
    ticket = policies.lock_visible_ticket(actor, ticket_id)
    if ticket.is_closed:
        raise TicketClosed(ticket_id)
    now = clock.now()
    before = columns.columns_of(ticket)
    audit = Audit(
        ticket=ticket, author_id=actor.user_id, channel=actor.channel, cause=actor.cause,
        created_at=now,
    )  # fmt: skip
    change = TicketChange(ticket=ticket, actor=actor, audit=audit)
    with transaction.atomic():
        audit.save(force_insert=True)
        act(change)
        if not change.events:
            transaction.set_rollback(True)
            return None
    ticket.updated_at = now
    columns.save(ticket, before, now)
    finish([change])
    return change

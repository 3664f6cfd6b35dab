"""What a submit would make of a ticket, without making it: for previews of rules."""

from __future__ import annotations

import copy

from accounts.actor import Actor
from tickets.actions import assignment, columns, field_values
from tickets.drafts import TicketChanges
from tickets.models import Ticket


def outcome_of(*, actor: Actor, ticket: Ticket, changes: TicketChanges) -> Ticket:
    """A copy of the ticket with the changes and what follows from them; nothing is written.

    Raises InvalidChange.
    """
    after = copy.copy(ticket)
    after.tags, after.custom_fields = list(ticket.tags), dict(ticket.custom_fields)
    given = changes.given()
    before = columns.columns_of(ticket)
    field_values.apply(after, given)
    if not after.is_open:
        after.snoozed_until = None
    assignment.complete(after, before, actor, given)
    return after

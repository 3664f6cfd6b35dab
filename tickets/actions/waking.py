from __future__ import annotations

from django.db import transaction

from accounts.actor import Actor
from core import clock
from tickets.actions import bare
from tickets.models import Channel, Ticket


@transaction.atomic
def wake_due_ticket(*, ticket_id: int) -> None:
    """Wake a ticket whose moment has come. Asked again, or too early, it does nothing."""
    ticket = Ticket.objects.select_for_update(no_key=True).filter(pk=ticket_id).first()
    now = clock.now()
    if ticket is None or ticket.snoozed_until is None or ticket.snoozed_until > now:
        return
    clockwork = Actor(user_id=None, name="The clock", channel=Channel.SYSTEM, is_system=True)
    change, before = bare.begin(clockwork, ticket, now)
    ticket.snoozed_until = None
    bare.end(change, before)

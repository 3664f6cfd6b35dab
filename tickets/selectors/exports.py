"""Tickets for programs that copy them elsewhere."""

from __future__ import annotations

from accounts.actor import Actor
from accounts.roles import Permission
from tickets import policies
from tickets.models import Ticket
from tickets.models.ticket import TicketQuerySet


def exported_tickets(actor: Actor) -> TicketQuerySet:
    """Visible tickets and, for who may restore them, deleted ones: copies must learn of it."""
    visible = policies.visible_tickets(actor)
    if actor.can(Permission.DELETE_TICKETS) and actor.ticket_access == "all":
        return Ticket.objects.all()
    return visible

"""Who may see and carry on side conversations: staff who see the ticket, and nobody else."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.actor import Actor
from tickets import policies
from tickets.errors import SideConversationNotFound, TicketNotFound
from tickets.models import SideConversation, Ticket


def visible_side_conversations(actor: Actor, ticket: Ticket) -> QuerySet[SideConversation]:
    """Those of a ticket the actor has been shown, with those of tickets merged into it."""
    if not policies.may_see_internal(actor):
        return SideConversation.objects.none()
    return SideConversation.objects.filter(Q(ticket=ticket) | Q(ticket__merged_into=ticket))


def visible_side_conversation(
    actor: Actor, uuid: UUID, ticket_id: int | None = None
) -> SideConversation:
    """One by its name, with its ticket. Raises SideConversationNotFound, hidden or absent alike.

    `ticket_id`: the ticket it was asked for under, where an address names one.
    """
    rows = SideConversation.objects.select_related("ticket", "child", "created_by")
    found = rows.filter(uuid=uuid).first()
    if found is None or not policies.may_see_internal(actor):
        raise SideConversationNotFound(uuid)
    tickets = {pk for pk in (found.ticket_id, found.ticket.merged_into_id) if pk}
    if ticket_id is not None and ticket_id not in tickets:
        raise SideConversationNotFound(uuid)
    if not policies.visible_tickets(actor).filter(pk__in=tickets).exists():
        raise SideConversationNotFound(uuid)
    return found


def final_ticket(conversation: SideConversation) -> int:
    """The number of the ticket that hears of it: what its own was merged into, if it was."""
    ticket, seen = conversation.ticket, {conversation.ticket_id}
    while ticket.merged_into and ticket.merged_into_id not in seen:
        ticket = ticket.merged_into
        seen.add(ticket.pk)
    return ticket.pk


def require_ticket(actor: Actor, ticket_id: int) -> Ticket:
    """The ticket, for staff only. Raises TicketNotFound."""
    ticket = policies.visible_ticket(actor, ticket_id)
    if not policies.may_see_internal(actor):
        raise TicketNotFound(ticket_id)
    return ticket

"""A chat follows its ticket: who gives the ticket to somebody gives them the chat."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.actor import Actor
from channels_in.actions.chat import changes, offered
from channels_in.actions.chat.states import GIVEN, finish_chat, put_back, settle
from channels_in.models import Chat, ChatState, EndedBy
from tickets.models import Ticket


def follow_assignees(*, actor: Actor, tickets: Sequence[Ticket]) -> None:
    """Bring living chats in line with tickets that have just been given to others, in their
    transaction: it rings at the new assignee, whoever took the ticket is in the chat at once, and
    without an assignee the chat waits again.
    """
    chats = Chat.objects.filter(ticket__in=tickets, state__in=ChatState.living())
    by_id = {ticket.pk: ticket for ticket in tickets}
    for chat_id, ticket_id in list(chats.order_by("id").values_list("pk", "ticket_id")):
        chat, assignee_id = changes.lock(chat_id), by_id[ticket_id].assignee_id
        if assignee_id in (chat.agent_id, chat.offered_to_id) and assignee_id is not None:
            continue
        if assignee_id is not None and assignee_id == actor.user_id:
            settle(chat, assignee_id)
            changes.save(chat, "accepted", *GIVEN)
            continue
        put_back(chat)
        if assignee_id is not None:
            offered.ring(chat, assignee_id, asked_by=actor.user_id)
            changes.save(chat, "offered", "state", "offered_to", "offered_at")


def end_with_tickets(*, tickets: Sequence[Ticket]) -> None:
    """Chats of tickets that were deleted or merged away are over."""
    for chat_id in list(
        Chat.objects.filter(ticket__in=tickets, state__in=ChatState.living())
        .order_by("id")
        .values_list("pk", flat=True)
    ):
        finish_chat(changes.lock(chat_id), by=EndedBy.SYSTEM)

"""A step of the write path: the house's words in a chat are queued for the visitor's page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from channels_in.actions.chat.changes import is_own_hand
from channels_in.actions.chat.following import end_with_tickets, follow_assignees
from channels_in.models import Chat, ChatState
from core import clock
from tickets.actions import DeliveryDraft, queue_deliveries
from tickets.changes import ANSWERED_OTHERWISE, HEARS_LIVE, TicketChange
from tickets.models import Channel, DeliveryKind


def queue_answers(changes: Sequence[TicketChange]) -> None:
    """A delivery for each public answer of an agent on a chat's ticket, before any rule may send
    the same by mail; no query for others.

    It is due when the visitor counts as gone, at once where the chat has ended. One that its
    writer has chosen to send by mail is left to the rules.
    """
    _note_who_hears(changes)
    answers = [change for change in changes if _is_answer(change)]
    for change in answers:
        change.shared.setdefault(ANSWERED_OTHERWISE, set()).add(change.ticket.requester_id)
    released = [change for change in answers if change.public_comment]
    if not released:
        return
    tickets = [change.ticket.pk for change in released]
    chats = Chat.objects.filter(ticket__in=tickets).select_related("account__widget")
    by_ticket = {chat.ticket_id: chat for chat in chats}
    pairs = [(change, by_ticket.get(change.ticket.pk)) for change in released]
    queue_deliveries(drafts=[_draft(change, chat) for change, chat in pairs if chat])


def _note_who_hears(changes: Sequence[TicketChange]) -> None:
    """The agents of living chats have the visitor's words before them, with a bell of their own:
    a mail and a notification for every line would bury what else there is.
    """
    heard = {change.ticket.pk: change for change in changes if _is_heard(change)}
    if not heard:
        return
    living = Chat.objects.filter(ticket__in=heard, state__in=(ChatState.ACTIVE, ChatState.HELD))
    for ticket_id, agent_id in living.values_list("ticket_id", "agent_id"):
        heard[ticket_id].shared.setdefault(HEARS_LIVE, set()).add(agent_id)


def follow_tickets(changes: Sequence[TicketChange]) -> None:
    """Chats whose ticket got another assignee, or is gone; no query for other tickets."""
    chats = [
        change for change in changes
        if change.ticket.channel == Channel.CHAT and not change.is_creation and not is_own_hand()
    ]  # fmt: skip
    if gone := [change.ticket for change in chats if change.ticket.is_deleted]:
        end_with_tickets(tickets=gone)
    for change in chats:
        if not change.ticket.is_deleted and change.changed("assignee_id"):
            follow_assignees(actor=change.actor, tickets=[change.ticket])


def _draft(change: TicketChange, chat: Chat) -> DeliveryDraft:
    away = chat.account.widget.away_seconds if chat.is_living else 0
    change.has_deliveries = change.has_deliveries or away == 0
    return DeliveryDraft(
        ticket=change.ticket, kind=DeliveryKind.COMMENT, channel=Channel.CHAT,
        recipient=change.ticket.requester, address=f"chat:{chat.key}",
        comment=change.public_comment, audit=change.audit,
        due_at=clock.now() + timedelta(seconds=away),
    )  # fmt: skip


def _is_heard(change: TicketChange) -> bool:
    comment = change.comment
    return (
        change.ticket.channel == Channel.CHAT
        and not change.is_creation
        and comment is not None
        and comment.channel == Channel.CHAT
        and not comment.is_from_agent
    )


def _is_answer(change: TicketChange) -> bool:
    comment = change.comment
    if change.ticket.channel != Channel.CHAT or comment is None or change.is_silent:
        return False
    chosen = comment.metadata.get("reply_channel") or Channel.CHAT
    return comment.is_public and comment.is_from_agent and chosen == Channel.CHAT

"""Steps of the write path: the house's words in a chat are queued for the visitor's page, and a
chat follows its ticket to another agent.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from channels_in.actions.chat.changes import is_own_hand
from channels_in.actions.chat.following import end_with_tickets, follow_assignees
from channels_in.models import Chat, ChatState
from core import clock
from tickets.actions import DeliveryDraft, queue_deliveries
from tickets.changes import ANSWERED_OTHERWISE, TicketChange
from tickets.models import Channel, DeliveryKind


def queue_answers(changes: Sequence[TicketChange]) -> None:
    """A delivery for each public answer of an agent on a chat's ticket; no query for others.

    It is due when the visitor counts as gone, at once where the chat has ended. Rules send no mail
    beside it: this step runs before them.
    """
    for change in changes:
        if change.ticket.channel == Channel.CHAT:
            change.shared.setdefault(ANSWERED_OTHERWISE, set()).add(change.ticket.requester_id)
    answers = [change for change in changes if _is_answer(change)]
    if not answers:
        return
    tickets = [change.ticket.pk for change in answers]
    chats = Chat.objects.filter(ticket__in=tickets).select_related("account__widget")
    by_ticket = {chat.ticket_id: chat for chat in chats}
    drafts = []
    for change in answers:
        chat = by_ticket.get(change.ticket.pk)
        if chat is None:
            continue
        away = 0 if chat.state == ChatState.ENDED else chat.account.widget.away_seconds
        drafts.append(
            DeliveryDraft(
                ticket=change.ticket, kind=DeliveryKind.COMMENT, channel=Channel.CHAT,
                recipient=change.ticket.requester, address=f"chat:{chat.key}",
                comment=change.public_comment, audit=change.audit,
                due_at=clock.now() + timedelta(seconds=away),
            )
        )  # fmt: skip
        change.has_deliveries = change.has_deliveries or away == 0
    queue_deliveries(drafts=drafts)


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


def _is_answer(change: TicketChange) -> bool:
    comment = change.public_comment
    return bool(
        change.ticket.channel == Channel.CHAT
        and comment and comment.is_from_agent and not change.is_silent
    )  # fmt: skip

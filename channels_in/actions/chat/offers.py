"""Offers of chats: refused, or over before anybody took them."""

from __future__ import annotations

import logging

from django.db import transaction

from accounts.actor import Actor, system_actor
from channels_in.actions.chat import changes
from channels_in.actions.chat.states import withdraw_offer
from channels_in.models import Chat, ChatOffer, ChatState, OfferOutcome
from core import clock
from tickets.errors import TicketError

logger = logging.getLogger(__name__)

BATCH = 200
QUEUE = system_actor("Live chat")


@transaction.atomic
def decline_chat(*, actor: Actor, chat_id: int) -> Chat:
    """Not for me: it goes on to the next. A chat that rings at everybody rings here no longer.

    Raises ChatNotFound, NotPermitted.
    """
    chat = changes.locked(actor, chat_id)
    if chat.state == ChatState.OFFERED and chat.offered_to_id == actor.user_id:
        return withdraw_offer(actor=actor, chat_id=chat_id, agent_id=actor.user_id or 0)
    if chat.state == ChatState.WAITING:
        now = clock.now()
        ChatOffer.objects.create(
            chat=chat, agent_id=actor.user_id or 0, offered_at=now, ends_at=now, ended_at=now,
            outcome=OfferOutcome.DECLINED,
        )  # fmt: skip
        if chat.ticket.assignee_id == actor.user_id:
            changes.hand_on(actor, chat, assignee_id=None)
        changes.save(chat, "withdrawn")
    return chat


def end_missed_offers() -> int:
    """Take back what has rung for long enough, each in a transaction. Returns how many."""
    due = ChatOffer.objects.filter(outcome=OfferOutcome.RINGING, ends_at__lte=clock.now())
    rows = list(due.order_by("ends_at", "id").values_list("chat_id", "agent_id")[:BATCH])
    for chat_id, agent_id in rows:
        try:
            withdraw_offer(
                actor=QUEUE, chat_id=chat_id, agent_id=agent_id, outcome=OfferOutcome.MISSED
            )
        except TicketError as error:
            logger.warning("chat.offer_stays", extra={"chat": chat_id, "why": str(error)})
    return len(rows)

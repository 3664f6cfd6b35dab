"""The rows of offers and guests, for the actions that hold a chat's lock."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from channels_in.models import Chat, ChatOffer, ChatState, OfferOutcome
from core import clock, outbox

OVER = "chat.offer_over"


def ring(chat: Chat, agent_id: int, *, asked_by: int | None) -> None:
    """Let it ring at one agent, and nowhere else, until it is over."""
    stop(chat, OfferOutcome.WITHDRAWN)
    now = clock.now()
    ends_at = now + timedelta(seconds=settings.CHAT_OFFER_SECONDS)
    ChatOffer.objects.create(
        chat=chat, agent_id=agent_id, asked_by_id=asked_by, offered_at=now, ends_at=ends_at
    )
    outbox.post(OVER, {"chat": chat.pk}, available_at=ends_at)
    chat.state, chat.offered_to_id, chat.offered_at = ChatState.OFFERED, agent_id, now


def stop(chat: Chat, outcome: str) -> None:
    """It rings no longer; the caller saves the chat."""
    if chat.offered_to_id is not None or chat.state == ChatState.OFFERED:
        ringing = ChatOffer.objects.filter(chat=chat, outcome=OfferOutcome.RINGING)
        ringing.update(outcome=outcome, ended_at=clock.now())
    chat.offered_to, chat.offered_at = None, None


def see_guests_off(chat: Chat) -> None:
    chat.guests.filter(left_at=None).update(left_at=clock.now())


def see_guest_off(chat: Chat, user_id: int) -> None:
    """Who is the chat's agent now is no guest in it."""
    chat.guests.filter(user_id=user_id, left_at=None).update(left_at=clock.now())

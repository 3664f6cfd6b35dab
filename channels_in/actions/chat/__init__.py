"""Every write of live chat: the states of a chat, its words, its visitors, its widgets."""

from channels_in.actions.chat.states import (
    accept_chat,
    end_chat,
    hold_chat,
    offer_chat,
    requeue_chat,
    resume_chat,
    take_over_chat,
    withdraw_offer,
)
from channels_in.actions.chat.words import answer_chat, mark_house_read

__all__ = [
    "accept_chat",
    "answer_chat",
    "end_chat",
    "hold_chat",
    "mark_house_read",
    "offer_chat",
    "requeue_chat",
    "resume_chat",
    "take_over_chat",
    "withdraw_offer",
]

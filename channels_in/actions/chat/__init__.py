"""Every write of live chat: the states of a chat, its words, its visitors, its widgets."""

from channels_in.actions.chat.colleagues import (
    invite_to_chat,
    join_chat,
    leave_chat,
    transfer_chat,
)
from channels_in.actions.chat.endings import end_own_chat, mail_transcript, rate_own_chat
from channels_in.actions.chat.offers import decline_chat, end_missed_offers
from channels_in.actions.chat.receipts import note_received
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
from channels_in.actions.chat.visitors import (
    Surroundings,
    block_visitor,
    introduce_visitor,
    meet_visitor,
    note_surroundings,
    person_of,
    vouch_for_visitor,
)
from channels_in.actions.chat.widgets import (
    WidgetChanges,
    create_widget,
    rotate_widget_secret,
    set_widget_logo,
    update_widget,
    widget_secret,
)
from channels_in.actions.chat.words import answer_chat, mark_house_read, note_in_chat

__all__ = [
    "Surroundings",
    "WidgetChanges",
    "accept_chat",
    "answer_chat",
    "block_visitor",
    "create_widget",
    "decline_chat",
    "end_chat",
    "end_missed_offers",
    "end_own_chat",
    "hold_chat",
    "introduce_visitor",
    "invite_to_chat",
    "join_chat",
    "leave_chat",
    "mail_transcript",
    "mark_house_read",
    "meet_visitor",
    "note_in_chat",
    "note_received",
    "note_surroundings",
    "offer_chat",
    "person_of",
    "rate_own_chat",
    "requeue_chat",
    "resume_chat",
    "rotate_widget_secret",
    "set_widget_logo",
    "take_over_chat",
    "transfer_chat",
    "update_widget",
    "vouch_for_visitor",
    "widget_secret",
    "withdraw_offer",
]

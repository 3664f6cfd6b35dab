"""Side conversations: begun, carried on, heard, closed. Their ticket is always locked first."""

from tickets.actions.side.children import ChildDraft, open_child_ticket, tell_parents
from tickets.actions.side.hearing import HeardMessage, hear_side_message
from tickets.actions.side.reading import mark_side_read
from tickets.actions.side.states import change_side_conversation
from tickets.actions.side.taking_back import SideTakenBack, take_back_side_message
from tickets.actions.side.writing import (
    SideDraft,
    open_side_conversation,
    reply_in_side_conversation,
)

__all__ = [
    "ChildDraft",
    "HeardMessage",
    "SideDraft",
    "SideTakenBack",
    "change_side_conversation",
    "hear_side_message",
    "mark_side_read",
    "open_child_ticket",
    "open_side_conversation",
    "reply_in_side_conversation",
    "take_back_side_message",
    "tell_parents",
]

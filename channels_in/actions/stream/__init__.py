"""Every write to the social stream: posts as they come, what people decide, incidents, deeds."""

from channels_in.actions.stream.decisions import (
    answer_post,
    leave_alone,
    like_post,
    make_ticket,
    put_back,
)
from channels_in.actions.stream.deeds import change_reply, do_due
from channels_in.actions.stream.errors import PostGone
from channels_in.actions.stream.incidents import (
    declare_incident,
    dismiss_incident,
    look_for_incidents,
)
from channels_in.actions.stream.privacy import close_loop, continue_in_private
from channels_in.actions.stream.rules import change_stream_rules

__all__ = [
    "PostGone",
    "answer_post",
    "change_reply",
    "change_stream_rules",
    "close_loop",
    "continue_in_private",
    "declare_incident",
    "dismiss_incident",
    "do_due",
    "leave_alone",
    "like_post",
    "look_for_incidents",
    "make_ticket",
    "put_back",
]

"""The chain of first looks at a mail, in order. Each is one small function: arrival → verdict."""

from channels_in.email.filters.bounces import note_bounce
from channels_in.email.filters.contents import suspend_empty, suspend_without_sender
from channels_in.email.filters.loops import suspend_auto_reply, suspend_own_mail
from channels_in.email.filters.spam import suspend_spam
from channels_in.email.filters.tests import take_test_message

FILTERS = (
    take_test_message,
    suspend_own_mail,
    note_bounce,
    suspend_without_sender,
    suspend_spam,
    suspend_auto_reply,
    suspend_empty,
)

"""Every write of this app."""

from notifications.actions.choosing import Choices, choose, unsubscribe_from_digest
from notifications.actions.digests import begin_digest, end_digest, give_back_digest
from notifications.actions.pushing import (
    claim_pushes,
    drop_subscription,
    note_push,
    note_pushed,
    subscribe,
    unsubscribe,
)
from notifications.actions.reading import mark_all_read, mark_read, mark_ticket_read
from notifications.actions.telling import notify

__all__ = [
    "Choices",
    "begin_digest",
    "choose",
    "claim_pushes",
    "drop_subscription",
    "end_digest",
    "give_back_digest",
    "mark_all_read",
    "mark_read",
    "mark_ticket_read",
    "note_push",
    "note_pushed",
    "notify",
    "subscribe",
    "unsubscribe",
    "unsubscribe_from_digest",
]

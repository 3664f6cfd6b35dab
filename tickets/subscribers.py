from collections.abc import Sequence

from core.outbox import Message
from core.storage import blobs
from tickets.actions import release_due_comment, tell_parents, wake_due_ticket


def release_comments(messages: Sequence[Message]) -> None:
    """Let customers read the replies whose time has come."""
    for message in messages:
        release_due_comment(comment_id=message.payload["comment"])


def wake_tickets(messages: Sequence[Message]) -> None:
    """Wake the tickets whose snooze is over."""
    for message in messages:
        wake_due_ticket(ticket_id=message.payload["ticket"])


def tell_parent_tickets(messages: Sequence[Message]) -> None:
    """Let parents know what became of their child tickets."""
    changes = [change for message in messages for change in message.payload["changes"]]
    tell_parents(ticket_ids={change["ticket"] for change in changes if change["kind"] == "updated"})


def discard_files(messages: Sequence[Message]) -> None:
    """Delete the bytes of redacted files; what is gone already stays gone."""
    for message in messages:
        for key in message.payload["keys"]:
            blobs.discard(key)

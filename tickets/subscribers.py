from collections.abc import Sequence

from core.outbox import Message
from tickets.actions import release_due_comment


def release_comments(messages: Sequence[Message]) -> None:
    """Let customers read the replies whose time has come."""
    for message in messages:
        release_due_comment(comment_id=message.payload["comment"])

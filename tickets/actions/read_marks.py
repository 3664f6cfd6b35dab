"""How far somebody has read a ticket. No change of the ticket: no audit, no version, no steps."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction

from accounts.actor import Actor
from core import clock
from tickets.errors import CommentNotFound, NotPermitted
from tickets.models import Comment, ReadMark
from tickets.policies import may_see_internal
from tickets.selectors.conversations import visible_comment

_FORWARD = """
INSERT INTO tickets_readmark AS mark (user_id, ticket_id, comment_id, read_until, at)
VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (user_id, ticket_id) DO UPDATE
SET comment_id = excluded.comment_id, read_until = excluded.read_until, at = excluded.at
WHERE mark.read_until <= excluded.read_until OR %s
"""
_INSTANT = timedelta(microseconds=1)  # what the database tells apart


def mark_read(*, actor: Actor, comment_id: int) -> None:
    """Everything up to this comment has been read: one statement, which only moves forward.

    Raises CommentNotFound, NotPermitted (customers have no marks).
    """
    comment = _readable(actor, comment_id)
    _write(actor, comment, comment.created_at, is_back=False)


@transaction.atomic
def mark_unread(*, actor: Actor, comment_id: int) -> None:
    """This comment and what follows count as new again. Errors: see mark_read."""
    comment = _readable(actor, comment_id)
    _write(actor, comment, comment.created_at - _INSTANT, is_back=True)
    marks = ReadMark.objects.filter(user_id=actor.user_id or 0, ticket_id=comment.ticket_id)
    marks.update(comment=None)


def _readable(actor: Actor, comment_id: int) -> Comment:
    if actor.user_id is None or not may_see_internal(actor):
        raise NotPermitted
    comment = visible_comment(actor, comment_id)
    if comment is None:
        raise CommentNotFound(comment_id)
    return comment


def _write(actor: Actor, comment: Comment, until: datetime, *, is_back: bool) -> None:
    values = [actor.user_id, comment.ticket_id, comment.pk, until, clock.now(), is_back]
    with connection.cursor() as cursor:
        cursor.execute(_FORWARD, values)

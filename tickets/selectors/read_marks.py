"""What an agent has not read yet."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q

from accounts.actor import Actor
from tickets import policies
from tickets.models import Comment, ReadMark, Status, Ticket


def unread_among(actor: Actor, ticket_ids: Collection[int]) -> set[int]:
    """Those of the tickets with a comment that the agent has not read: one query, for lists."""
    if actor.user_id is None or not ticket_ids or not policies.may_see_internal(actor):
        return set()
    read = ReadMark.objects.filter(
        user_id=actor.user_id, ticket=OuterRef("pk"), read_until__gte=OuterRef("latest_comment_at")
    )
    unread = Ticket.objects.filter(pk__in=ticket_ids, latest_comment_at__isnull=False)
    return set(unread.filter(~Exists(read)).order_by().values_list("pk", flat=True))


def news_among(actor: Actor, ticket_ids: Collection[int]) -> set[int]:
    """Those with something new for the agent: written since they looked, or theirs to do and never
    looked at. What they wrote themselves is not new. One query, for lists."""
    if actor.user_id is None or not ticket_ids or not policies.may_see_internal(actor):
        return set()
    marks = ReadMark.objects.filter(user_id=actor.user_id, ticket=OuterRef("pk"))
    own_word = Comment.objects.filter(
        ticket=OuterRef("pk"), created_at=OuterRef("latest_comment_at"), author_id=actor.user_id
    )
    to_do = Q(assignee_id=actor.user_id, status__in=Status.unsolved())
    news = Ticket.objects.filter(
        Exists(marks) | to_do, ~Exists(marks.filter(read_until__gte=OuterRef("latest_comment_at"))),
        ~Exists(own_word), pk__in=ticket_ids, latest_comment_at__isnull=False,
    )  # fmt: skip
    return set(news.order_by().values_list("pk", flat=True))


def read_mark_of(actor: Actor, ticket: Ticket) -> ReadMark | None:
    """How far the agent has read this ticket; None when they have never been here."""
    return (
        ReadMark.objects.filter(user_id=actor.user_id or 0, ticket=ticket)
        .only("id", "read_until")
        .first()
    )

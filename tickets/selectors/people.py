"""What an actor may see of a person's or a company's dealings with us: tickets and messages."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, Q

from accounts.actor import Actor
from accounts.models import Organization, User
from core.pages import Keyset, Page, keyset_page
from tickets import policies
from tickets.models import Comment, Status, Ticket
from tickets.models.ticket import TicketQuerySet

TICKETS, MESSAGES = 20, 20

_LATEST = Keyset("created_at")


def page_of_tickets(
    whose: User | Organization, actor: Actor, *, cursor: str = "", size: int = TICKETS
) -> Page[Ticket]:
    """Their tickets that the actor may see, latest first. Raises core.pages.BadCursor."""
    return keyset_page(tickets_of(whose, actor).for_lists(), _LATEST, cursor=cursor, size=size)


def tickets_of(whose: User | Organization, actor: Actor) -> TicketQuerySet:
    visible = policies.visible_tickets(actor)
    if isinstance(whose, User):
        return visible.filter(requester=whose)
    return visible.filter(organization=whose)


def page_of_messages(
    person: User, actor: Actor, *, cursor: str = "", size: int = MESSAGES
) -> Page[Comment]:
    """The latest messages, notes and calls on all of the person's tickets, whatever the channel.

    Of every ticket that the actor may see; what waits to be sent is theirs alone who wrote it.
    Raises core.pages.BadCursor.
    """
    comments = Comment.objects if policies.may_see_internal(actor) else Comment.objects.released()
    rows = (
        comments.filter(ticket__in=tickets_of(person, actor))
        .select_related("author", "ticket")
        .defer("html", "ticket__custom_fields")
    )
    return keyset_page(rows, _LATEST, cursor=cursor, size=size)


def count_tickets_of(people: Collection[User], actor: Actor) -> dict[int, tuple[int, int]]:
    """How many tickets each of the people asked for, and how many are unsolved: one query."""
    rows = (
        policies.visible_tickets(actor)
        .filter(requester__in=[person.pk for person in people])
        .values("requester_id")
        .annotate(all=Count("pk"), unsolved=Count("pk", Q(status__in=Status.unsolved())))
        .order_by()
    )
    return {row["requester_id"]: (row["all"], row["unsolved"]) for row in rows}

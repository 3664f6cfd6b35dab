"""A customer's own tickets, as they may know of them: "my requests"."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from accounts.actor import Actor
from core.pages import Keyset, Page, keyset_page
from tickets import policies
from tickets.models import Comment, Status, Ticket

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class RequestCounts:
    unsolved: int
    done: int


def count_requests(actor: Actor) -> RequestCounts:
    """How many of the actor's tickets wait for something, and how many are solved or closed."""
    done = Q(status__in=Status.done())
    counts = policies.visible_tickets(actor).aggregate(
        unsolved=Count("pk", filter=~done), done=Count("pk", filter=done)
    )
    return RequestCounts(**counts)


def page_of_requests(
    actor: Actor, *, is_done: bool, cursor: str = "", size: int = PAGE_SIZE
) -> Page[Ticket]:
    """One page, latest first, each with `last_message_at`: when a public comment was last written.

    Not `updated_at`, which also moves with internal notes (attack 34). Raises core.pages.BadCursor.
    """
    tickets = policies.visible_tickets(actor)
    tickets = tickets.filter(status__in=Status.done()) if is_done else tickets.unsolved()
    last = Comment.objects.released().filter(ticket=OuterRef("pk")).order_by("-created_at", "-id")
    dated: QuerySet[Ticket] = tickets.annotate(
        last_message_at=Subquery(last.values("created_at")[:1])
    )
    return keyset_page(dated, Keyset("id"), cursor=cursor, size=size)

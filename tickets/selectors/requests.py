"""A customer's own tickets, as they may know of them, and those of their company."""

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
    of_colleagues: int = 0


def count_requests(actor: Actor) -> RequestCounts:
    """How many of the actor's tickets wait for something, how many are done, and how many of
    colleagues they may read. One query.
    """
    done, own = Q(status__in=Status.done()), policies.of_own(actor.user_id or 0)
    counts = policies.visible_tickets(actor).aggregate(
        unsolved=Count("pk", filter=own & ~done), done=Count("pk", filter=own & done),
        of_colleagues=Count("pk", filter=~own),
    )  # fmt: skip
    return RequestCounts(**counts)


def page_of_requests(
    actor: Actor,
    *,
    is_done: bool = False,
    of_colleagues: bool = False,
    cursor: str = "",
    size: int = PAGE_SIZE,
) -> Page[Ticket]:
    """One page, latest first, each with `last_message_at`: when a public comment was last written.

    Own ones, open or done; or all that colleagues of the same company asked for.

    Not `updated_at`, which also moves with internal notes (attack 34). Raises core.pages.BadCursor.
    """
    tickets = policies.visible_tickets(actor)
    own = policies.of_own(actor.user_id or 0)
    if of_colleagues:
        tickets = tickets.exclude(own).select_related("requester")
    else:
        tickets = tickets.filter(own)
        tickets = tickets.filter(status__in=Status.done()) if is_done else tickets.unsolved()
    last = Comment.objects.released().filter(ticket=OuterRef("pk")).order_by("-created_at", "-id")
    dated: QuerySet[Ticket] = tickets.annotate(
        last_message_at=Subquery(last.values("created_at")[:1])
    )
    return keyset_page(dated, Keyset("id"), cursor=cursor, size=size)

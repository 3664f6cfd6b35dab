"""Views as an actor sees them: which ones, how many tickets, one page of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, Value

from accounts.actor import Actor
from core.pages import Keyset, Page, keyset_page
from tickets import policies
from tickets.conditions import as_q, parse
from tickets.errors import TicketNotFound
from tickets.models import Ticket, View
from tickets.models.ticket import TicketQuerySet

PAGE_SIZE = 50

# What a list may be ordered by: never a name that comes from a client (attack 30).
SORTS: dict[str, str] = {
    "updated": "updated_at",
    "created": "created_at",
    "nice_id": "id",
    "solved": "solved_at",
    "updated_requester": "requester_updated_at",
    "sla_next_breach_at": "sla_next_breach_at",
}


@dataclass(frozen=True, slots=True)
class CountedView:
    view: View
    count: int


def visible_views(actor: Actor) -> list[View]:
    """Active views for everyone, for the actor's groups, and the actor's own, in order."""
    return list(
        View.objects.filter(is_active=True)
        .filter(
            Q(group=None, owner=None) | Q(group_id__in=actor.group_ids) | Q(owner_id=actor.user_id)
        )
        .select_related("group")
        .order_by("position", "id")
    )


def visible_view(actor: Actor, view_id: int) -> View:
    """One of them. Raises TicketNotFound when it is absent or somebody else's."""
    found = next((view for view in visible_views(actor) if view.pk == view_id), None)
    if found is None:
        raise TicketNotFound(f"view {view_id}")
    return found


def tickets_in_view(view: View, actor: Actor) -> TicketQuerySet:
    """The visible tickets that meet the view's conditions, unordered."""
    return policies.visible_tickets(actor).filter(as_q(parse(view.conditions), actor))


def counted_views(views: list[View], actor: Actor) -> list[CountedView]:
    """Exact counts, all in one statement: a number on screen is the truth at that instant."""
    if not views:
        return []
    branches = [
        tickets_in_view(view, actor)
        .order_by()
        .values(view_id=Value(view.pk))  # a constant to group by: one row a view
        .annotate(n=Count("*"))
        for view in views
    ]
    counts = {row["view_id"]: row["n"] for row in branches[0].union(*branches[1:], all=True)}
    return [CountedView(view, counts.get(view.pk, 0)) for view in views]


def page_of_view(
    view: View, actor: Actor, *, cursor: str = "", size: int = PAGE_SIZE
) -> Page[Ticket]:
    """One page of a view's tickets with what a table shows. Raises core.pages.BadCursor."""
    tickets = tickets_in_view(view, actor).for_lists()
    return keyset_page(tickets, keyset_of(view), cursor=cursor, size=size)


def keyset_of(view: View) -> Keyset:
    """The view's order."""
    column = SORTS.get(view.sort_by, "updated_at")
    return Keyset(column, is_descending=view.sort_order == "desc")

"""Views as an actor sees them: which ones, how many tickets, one page of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, Lower, NullIf

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.roles import Permission
from core.pages import Keyset, Page, keyset_page
from tickets import policies
from tickets.conditions import InvalidCondition, as_q, parse
from tickets.conditions.custom import PREFIX
from tickets.errors import TicketNotFound
from tickets.models import Priority, Status, Ticket, TicketType, View
from tickets.models.ticket import TicketQuerySet
from tickets.view_columns import SORTS
from tickets.view_conditions import conditions_of

PAGE_SIZE = 50


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


def managed_views(actor: Actor) -> tuple[list[View], list[View]]:
    """Shared views (for who manages rules those of every group) and the actor's own, in order."""
    rows = View.objects.filter(is_active=True).select_related("group").order_by("position", "id")
    shared = rows.filter(owner=None)
    if not actor.can(Permission.MANAGE_RULES):
        shared = shared.filter(Q(group=None) | Q(group_id__in=actor.group_ids))
    return list(shared), list(rows.filter(owner_id=actor.user_id))


def view_to_edit(actor: Actor, view_id: int) -> View:
    """A view that the actor may change: their own, or a shared one when they manage rules.

    Raises TicketNotFound when they cannot know of it, NotPermitted when they only see it.
    """
    view = View.objects.filter(pk=view_id).select_related("group").first()
    if view is None or view.owner_id not in (None, actor.user_id):
        raise TicketNotFound(f"view {view_id}")
    if view.owner_id is None and not actor.can(Permission.MANAGE_RULES):
        visible_view(actor, view_id)
        raise NotPermitted("Shared views are changed by people who manage rules; copy it.")
    return view


def tickets_in_view(view: View, actor: Actor) -> TicketQuerySet:
    """The visible tickets that meet the view's conditions, unordered; sleeping ones stay away.

    None when the conditions name what is gone: one such view must not take the others along.
    """
    tickets = policies.visible_tickets(actor)
    try:
        return tickets.filter(as_q(conditions_of(view), actor))
    except InvalidCondition:
        return tickets.none()


def why_broken(view: View) -> str:
    """Why a view cannot show anything, as a sentence; empty when it can."""
    try:
        parse(view.conditions)
    except InvalidCondition as error:
        return str(error)
    return ""


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
    tickets = tickets_in_view(view, actor).for_lists(*_more_columns(view))
    return keyset_page(grouped(view, tickets), keyset_of(view), cursor=cursor, size=size)


def keyset_of(view: View) -> Keyset:
    """The view's order; `grouped` gives the tickets what it needs."""
    column, _words = SORTS.get(view.sort_by, SORTS["updated"])
    return Keyset(
        column, is_descending=view.sort_order == "desc",
        lead=_RANK if view.group_by in _RANKS else "",
        lead_descending=view.group_order == "desc",
    )  # fmt: skip


def grouped(view: View, tickets: TicketQuerySet) -> TicketQuerySet:
    """The tickets with the rank of the heading that each stands under, when there are headings."""
    rank = _RANKS.get(view.group_by)
    return tickets if rank is None else tickets.annotate(**{_RANK: rank})


def _more_columns(view: View) -> list[str]:
    return ["custom_fields"] if any(name.startswith(PREFIX) for name in view.columns) else []


def _by_name(relation: str, *names: str) -> Coalesce:
    """Letters first, then the id, so that namesakes stay apart; those without one come after."""
    text = TextField()
    given = [NullIf(f"{relation}__{each}", Value("")) for each in names]
    name = Lower(Coalesce(*given, Value(""), output_field=text))
    ranked = Concat(Value("0"), name, Value(" "), Cast(relation, text), output_field=text)
    found = Case(When(**{f"{relation}__isnull": False}, then=ranked), output_field=text)
    return Coalesce(found, Value("1"), output_field=text)


def _by_place(column: str, values: Sequence[str]) -> Case:
    whens = [When(**{column: value}, then=Value(place)) for place, value in enumerate(values)]
    return Case(*whens, default=Value(len(values)), output_field=IntegerField())


_RANK = "heading_rank"
_RANKS: dict[str, Any] = {
    "status": _by_place("status", Status.values),
    "priority": _by_place("priority", ("", *Priority.values)),
    "type": _by_place("type", TicketType.values),
    "group": _by_name("group", "name"),
    "assignee": _by_name("assignee", "name", "email"),
    "requester": _by_name("requester", "name", "email"),
    "organization": _by_name("organization", "name"),
}

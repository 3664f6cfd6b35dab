"""Views: the list of views with counts, and one view's tickets."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.actor import Actor
from accounts.roles import Permission
from channels_in.selectors import suspended_count
from tickets.conditions.custom import PREFIX
from tickets.models import Ticket, View
from tickets.selectors.read_marks import news_among
from tickets.selectors.view_orders import ListOrder, ordered
from tickets.selectors.views import (
    CountedView,
    counted_views,
    page_of_view,
    tickets_in_view,
    visible_views,
    why_broken,
)
from web.access import SignedInRequest, workspace
from web.agent.numbers import as_id, as_ids
from web.agent.rows import Table, table_of
from web.lists.order import heads_of, order_in

CHANGES_LIMIT = 200  # tickets asked about in one go; a page shows 50


@dataclass(slots=True)
class Section:
    """Views under one heading: everybody's, a group's, one's own."""

    title: str
    views: list[CountedView] = field(default_factory=list)


@require_GET
@workspace()
def index(request: SignedInRequest) -> HttpResponse:
    """The first view, or how to get one."""
    views = visible_views(request.actor)
    if not views:
        return render(request, "agent/views/none.html")
    return redirect("view", views[0].pk)


@require_GET
@workspace()
def show(request: SignedInRequest, view_id: int) -> HttpResponse:
    """One page of a view's tickets beside the list of all views with their counts."""
    views = visible_views(request.actor)
    view = _one(views, view_id)
    cursor, order = request.GET.get("cursor", ""), order_in(request.GET)
    counted = counted_views(views, request.actor)
    page = page_of_view(ordered(view, order), request.actor, cursor=cursor)
    table = _table(request.actor, view, order, page.rows, [ticket.pk for ticket in page.rows])
    context = {
        "view": view,
        "order": order,
        "heads": heads_of(view, order, table.columns),
        "count": next(item.count for item in counted if item.view.pk == view.pk),
        "sections": _sections(counted),
        "suspended": _suspended(request.actor),
        "page": page,
        "table": table,
        "cursor": cursor,
        "broken": "" if page.rows else why_broken(view),
        "may_edit": view.owner_id is not None or request.actor.can(Permission.MANAGE_RULES),
        "may_create": request.actor.can(Permission.EDIT_TICKETS),
    }
    return render(request, "agent/views/show.html", context)


@require_GET
@workspace()
def changes(request: SignedInRequest, view_id: int) -> HttpResponse:
    """The rows of those changed tickets (`?ids=1,2`) that are in the view now, as a fragment."""
    view = _one(visible_views(request.actor), view_id)
    ids = as_ids(request.GET.get("ids", "").split(","))[:CHANGES_LIMIT]
    tickets = tickets_in_view(view, request.actor).filter(pk__in=ids)
    table = _table(request.actor, view, order_in(request.GET), (), ids)
    more = ["custom_fields"] if any(name.startswith(PREFIX) for name in view.columns) else []
    rows = [table.row(ticket) for ticket in tickets.for_lists(*more).order_by("id")]
    return render(request, "agent/views/_changes.html", {"rows": rows})


@require_GET
@workspace()
def counts(request: SignedInRequest) -> JsonResponse:
    """The exact counts of all views, {view id: count}, and of the suspended messages."""
    counted = counted_views(visible_views(request.actor), request.actor)
    numbers = {str(item.view.pk): item.count for item in counted}
    suspended = _suspended(request.actor)
    return JsonResponse(numbers if suspended is None else {**numbers, "suspended": suspended})


def _table(
    actor: Actor, view: View, order: ListOrder, tickets: Iterable[Ticket], ids: Collection[int]
) -> Table:
    """The view's table in that order; its headings only where they part it."""
    made = ordered(view, order)
    place = f"?view={view.pk}{order.query.replace('?', '&')}"
    return table_of(
        made, tickets, place=place, picks=True, has_headings=made.group_by == view.group_by,
        news=news_among(actor, ids),
    )  # fmt: skip


def view_of(actor: Actor, text: str) -> View | None:
    """The view named in `?view=`, when it is one the actor has; anything else is no view."""
    view_id = as_id(text)
    if view_id is None:
        return None
    return next((view for view in visible_views(actor) if view.pk == view_id), None)


def _one(views: list[View], view_id: int) -> View:
    view = next((view for view in views if view.pk == view_id), None)
    if view is None:
        raise Http404
    return view


def _suspended(actor: Actor) -> int | None:
    """How many messages wait to be judged; None for those who may not handle them."""
    return suspended_count(actor) if actor.can(Permission.HANDLE_SUSPENDED) else None


def _sections(counted: list[CountedView]) -> list[Section]:
    """Everybody's views, then those of groups, then one's own; `A::B` stands as B under A."""
    shared: dict[str, Section] = {"": Section("")}
    groups: dict[str, Section] = {}
    mine: dict[str, Section] = {}
    for item in counted:
        view = item.view
        if view.owner_id:
            holder, title = mine, _("Mine")
        elif view.group_id and view.group:
            holder, title = groups, view.group.name
        else:
            holder, title = shared, ""
        heading, separator, _rest = view.title.rpartition("::")
        if separator:
            title = " · ".join(filter(None, (title, heading.strip().replace("::", " · "))))
        holder.setdefault(title, Section(title)).views.append(item)
    found = (*shared.values(), *groups.values(), *mine.values())
    return [section for section in found if section.views or not section.title]

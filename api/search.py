"""`GET /search.json?query=`: tickets, people or companies by Zendesk's operators and full text."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actor import Actor
from accounts.models import Group, Organization
from accounts.selectors import search_users
from api.doors import actor_of, base_of, staff_of
from api.errors import BadParameter
from api.pagination import Render, numbered
from api.shapes.people import group_shapes, organization_shapes, user_shapes
from api.tickets import shown_to
from tickets.search.operators import Query, read_query
from tickets.selectors.search import LIMIT, find_tickets

_SORTS = {
    "created_at": "created_at",
    "updated_at": "updated_at",
    "priority": "priority",
    "status": "status",
    "ticket_type": "type",
}


class TooFar(APIException):
    """Zendesk's answer past the thousandth result."""

    status_code = 422
    default_detail = "A search gives at most 1,000 results. Use a narrower query."
    default_code = "search_too_far"


def index(request: Request) -> Response:
    actor = actor_of(request)
    query = read_query(request.query_params.get("query", ""), actor)
    rows, render = (
        _found_tickets(request, query, actor)
        if query.kind in ("", "ticket")
        else _found_others(request, query, staff_of(request))
    )
    kind = query.kind or "ticket"
    return numbered(
        request, rows, name="results", last=LIMIT, refusal=lambda _: TooFar(),
        render=lambda found: [{"result_type": kind, **shape} for shape in render(found)],
    )  # fmt: skip


def _found_tickets(request: Request, query: Query, actor: Actor) -> tuple[QuerySet[Any], Render]:
    tickets = find_tickets(query, actor)
    wanted = request.query_params.get("sort_by", "relevance")
    if wanted != "relevance":
        if wanted not in _SORTS:
            raise BadParameter(f"Results can be sorted by relevance, {', '.join(_SORTS)}.")
        sign = "" if request.query_params.get("sort_order") == "asc" else "-"
        tickets = tickets.order_by(f"{sign}{_SORTS[wanted]}", f"{sign}id")
    return tickets, shown_to(actor, request)


def _found_others(request: Request, query: Query, actor: Actor) -> tuple[QuerySet[Any], Render]:
    base = base_of(request)
    words = query.text.replace('"', "").strip()
    match query.kind:
        case "user":
            return search_users(words, actor), lambda rows: user_shapes(rows, base)
        case "group":
            groups = Group.objects.filter(name__icontains=words)
            return groups.order_by("id"), lambda rows: group_shapes(rows, base)
    companies = Organization.objects.filter(name__icontains=words)
    return companies.order_by("id"), lambda rows: organization_shapes(rows, base)

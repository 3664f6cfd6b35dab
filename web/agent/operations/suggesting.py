"""What fits a few typed letters: tags, tickets, organizations, as options of a list box."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.selectors import search_organizations
from tickets import policies
from tickets.models import TicketType
from tickets.selectors.search import search_tickets
from tickets.selectors.tags import known_tags
from web.access import SignedInRequest, workspace
from web.agent.numbers import as_id

LIMIT = 8
LENGTH = 200


@require_GET
@workspace()
def tags(request: SignedInRequest) -> HttpResponse:
    """Tags in use that begin so, the most used first; the ticket's own are left out."""
    own: list[str] = []
    if (number := as_id(request.GET.get("ticket", ""))) is not None:
        own = policies.visible_ticket(request.actor, number).tags
    found = [tag for tag in known_tags(_typed(request), limit=LIMIT + len(own)) if tag not in own]
    return render(request, "agent/tickets/operations/_tags.html", {"tags": found[:LIMIT]})


@require_GET
@workspace()
def tickets(request: SignedInRequest) -> HttpResponse:
    """Tickets by number or words, with the actor's rights; `kind` may ask for problems only."""
    typed, itself = _typed(request), as_id(request.GET.get("ticket", ""))
    found = search_tickets(typed, request.actor)
    if request.GET.get("kind") == "problem":
        found = found.filter(type=TicketType.PROBLEM)
    rows = [ticket for ticket in found[: LIMIT + 1] if ticket.pk != itself][:LIMIT]
    return render(request, "agent/tickets/operations/_found.html", {"tickets": rows})


@require_GET
@workspace()
def organizations(request: SignedInRequest) -> HttpResponse:
    """Organizations in whose name every typed word occurs."""
    found = search_organizations(_typed(request), request.actor)[:LIMIT]
    return render(request, "agent/tickets/operations/_organizations.html", {"found": found})


def _typed(request: SignedInRequest) -> str:
    return request.GET.get("q", "").strip().lstrip("#")[:LENGTH]

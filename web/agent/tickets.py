"""The ticket page, and what stands around it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.models import User
from channels_in.chat.spoken import TEXT_LENGTH
from macros.selectors.routing import load_states
from notifications.actions import mark_ticket_read
from tickets import policies
from tickets.selectors.neighbours import neighbours_in_view, place_in_view
from tickets.selectors.view_orders import ordered
from web.access import SignedInRequest, workspace
from web.agent.context_tabs import context_tabs_of
from web.agent.conversation_window import asked_in
from web.agent.lists import view_of
from web.agent.numbers import as_id
from web.agent.ticket_page import customer_of, page_of
from web.chats.seat import seat_of
from web.lists.order import order_in
from web.live import presence


@require_GET
@workspace()
def show(request: SignedInRequest, number: int) -> HttpResponse:
    """A ticket: properties, conversation with composer, customer."""
    ticket = policies.visible_ticket(request.actor, number)
    page = page_of(ticket, request.actor, asked_in(request, is_visit=True))
    mark_ticket_read(actor=request.actor, ticket_id=number)
    load_states([request.user, *filter(None, [ticket.assignee])])
    context = {
        "page": page,
        "ticket": ticket,
        "customer": customer_of(ticket, request.actor),
        "context_tabs": context_tabs_of(ticket),
        "seat": seat_of(ticket, request.actor),
        "chat_limit": TEXT_LENGTH,
        "view_id": as_id(request.GET.get("view", "")),
        "place": _place(request),
    }
    return render(request, "agent/tickets/show.html", context)


@require_GET
@workspace()
def neighbours(request: SignedInRequest, number: int) -> HttpResponse:
    """Links to the tickets before and after this one in the view it was opened from."""
    ticket = policies.visible_ticket(request.actor, number)
    view = view_of(request.actor, request.GET.get("view", ""))
    view = ordered(view, order_in(request.GET)) if view else None
    beside = neighbours_in_view(view, request.actor, ticket) if view else None
    place = place_in_view(view, request.actor, ticket) if view else None
    context = {
        "view": view, "beside": beside, "place": place, "ticket": ticket, "way": _place(request),
    }  # fmt: skip
    return render(request, "agent/tickets/_neighbours.html", context)


@require_GET
@workspace()
def viewers(request: SignedInRequest, number: int) -> HttpResponse:
    """Who else looks at the ticket, and who types."""
    policies.visible_ticket(request.actor, number)
    present = presence.present_at(number)
    others = present.viewing - {request.actor.user_id}
    people = User.objects.staff().filter(pk__in=others).order_by("name", "id")
    context = {"people": people, "typing": present.typing}
    return render(request, "agent/tickets/_viewers.html", context)


def _place(request: SignedInRequest) -> str:
    """From which list, in which order, the ticket was opened; for the addresses on its page."""
    given = {name: request.GET[name] for name in ("view", "sort", "order") if name in request.GET}
    return urlencode(given)

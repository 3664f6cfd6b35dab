"""Colleagues as lists show them, and who is at a ticket that somebody is about to take over."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.models import User
from tickets import policies
from web.access import SignedInRequest, workspace
from web.agent.numbers import as_ids
from web.live import presence

MOST = 50


@require_GET
@workspace()
def faces(request: SignedInRequest) -> HttpResponse:
    """Names and faces of members of staff (`?ids=1,2`)."""
    ids = as_ids(request.GET.get("ids", "").split(","))[:MOST]
    people = User.objects.staff().filter(pk__in=ids).order_by("id")
    return render(request, "agent/views/_faces.html", {"people": people})


@require_GET
@workspace()
def takeover(request: SignedInRequest, number: int) -> HttpResponse:
    """Who else is at the ticket, as a question before it is taken; 204 when nobody is."""
    ticket = policies.visible_ticket(request.actor, number)
    present = presence.present_at(number)
    others = (present.viewing | present.typing) - {request.actor.user_id}
    people = list(User.objects.staff().filter(pk__in=others).order_by("name", "id"))
    if not people:
        return HttpResponse(status=204)
    context = {"ticket": ticket, "people": people, "typing": present.typing}
    return render(request, "agent/views/_takeover.html", context)

"""Parts of a conversation that the page fetches, and how far its reader has come."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from tickets import policies
from tickets.actions import mark_read, mark_unread
from web.access import SignedInRequest, workspace
from web.agent.conversation_window import asked_in
from web.agent.numbers import as_id
from web.agent.ticket_page import may_reply, timeline_for


@require_GET
@workspace()
def show(request: SignedInRequest, number: int) -> HttpResponse:
    """One more window of the conversation, for a page that is open already."""
    ticket = policies.visible_ticket(request.actor, number)
    if not request.htmx:
        return redirect(f"{reverse('ticket', args=[number])}?{request.GET.urlencode()}")
    timeline = timeline_for(ticket, request.actor, asked_in(request))
    context = {"ticket": ticket, "timeline": timeline, "may_reply": may_reply(request.actor)}
    return render(request, "agent/tickets/_entries.html", context)


@require_POST
@workspace()
def read(request: SignedInRequest, number: int) -> HttpResponse:
    """The page was in front: the comments up to one have been read, or not from one on."""
    policies.visible_ticket(request.actor, number)
    mark = mark_unread if "unread" in request.POST else mark_read
    mark(actor=request.actor, comment_id=as_id(request.POST.get("comment", "")) or 0)
    return HttpResponse(status=204)

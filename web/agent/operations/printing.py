"""A ticket on paper: nothing is fetched for it, from here or from elsewhere (attack 20)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tickets import policies
from tickets.selectors.conversations import comments_of, people_of
from tickets.selectors.forms import shown_fields
from web.access import SignedInRequest, workspace
from web.agent.message_html import text_html

COMMENTS = 1_000  # of one print


@require_GET
@workspace()
def show(request: SignedInRequest, number: int) -> HttpResponse:
    """The conversation in order, as text; with `notes` the internal ones, too."""
    ticket = policies.visible_ticket(request.actor, number)
    with_notes = "notes" in request.GET
    comments = comments_of(ticket, request.actor)
    shown = [each for each in comments if with_notes or each.is_public][-COMMENTS:]
    values = [(field, ticket.custom_fields.get(str(field.pk))) for field in shown_fields(ticket)]
    context = {
        "ticket": ticket, "people": people_of(ticket, request.actor), "with_notes": with_notes,
        "messages_": [(each, text_html(each.body)) for each in shown],
        "values": [(field, value) for field, value in values if value not in (None, "", [])],
    }  # fmt: skip
    return render(request, "agent/tickets/operations/print.html", context)

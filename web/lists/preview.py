"""The last message of a ticket, for whoever looks at a list."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tickets import policies
from tickets.selectors.previews import latest_message
from web.access import SignedInRequest, workspace

LETTERS = 1_200


@require_GET
@workspace()
def show(request: SignedInRequest, number: int) -> HttpResponse:
    """Who wrote last, and the beginning of it; internal notes too, for who may read them."""
    ticket = policies.visible_ticket(request.actor, number)
    message = latest_message(ticket, request.actor)
    text = (message.reply_text or message.body) if message else ""
    context = {
        "ticket": ticket, "message": message, "text": text[:LETTERS], "is_cut": len(text) > LETTERS,
    }  # fmt: skip
    return render(request, "agent/views/_preview.html", context)

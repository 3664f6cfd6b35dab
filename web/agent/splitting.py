"""Splitting a message into a ticket of its own."""

from __future__ import annotations

import json
from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core import clock
from tickets import policies
from tickets.actions import Split, split_comment, undo_split
from tickets.actions.splitting import may_move
from tickets.errors import InvalidChange
from web.access import SignedInRequest, workspace
from web.agent.comment_menu import comment_for, dialog
from web.agent.new_ticket import requester_id_from

UNDO_SHOWN = timedelta(seconds=30)  # the split can be taken back as long as nobody works on it


@require_http_methods(["GET", "POST"])
@workspace()
def split(request: SignedInRequest, comment_id: int) -> HttpResponse:
    """Ask for subject and requester, then make the ticket."""
    comment = comment_for(request, comment_id)
    if not policies.may_split(request.actor):
        raise policies.NotPermitted
    form, error = request.POST, ""
    if request.method == "POST":
        try:
            made = split_comment(
                actor=request.actor, comment_id=comment_id, is_move=form.get("what") == "move",
                subject=form.get("subject", ""), requester_id=requester_id_from(request),
            )  # fmt: skip
            return _made(request, made)
        except InvalidChange as refused:
            error = str(refused)
    person = comment.ticket.requester if comment.is_from_agent else comment.author
    return dialog(
        request, "_split", comment, _("Split into a new ticket"), error,
        subject=form.get("subject", comment.ticket.subject), may_move=may_move(comment),
        requester=form.get("requester", person.email or person.display_name),
        what=form.get("what", "copy"),
    )  # fmt: skip


@require_POST
@workspace()
def undo(request: SignedInRequest, number: int) -> HttpResponse:
    """Take a split back."""
    policies.visible_ticket(request.actor, number)
    try:
        undo_split(actor=request.actor, ticket_id=number)
    except InvalidChange as refused:
        return JsonResponse({"error": str(refused)}, status=409)
    return JsonResponse({"said": _("The message is back")})


def _made(request: SignedInRequest, made: Split) -> HttpResponse:
    number = made.made.pk
    words = _("Split into #%(number)s") % {"number": number}
    if not request.htmx:
        messages.success(request, words)
        return redirect("ticket", number)
    url = reverse("undo_split", args=[number])
    until = (clock.now() + UNDO_SHOWN).isoformat()
    undoable = {"words": words, "url": url, "until": until}
    said = {"ticket-saved": {"ticket": made.source.pk}, "undoable": undoable}
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(said)})

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tickets.actions import rate_ticket
from tickets.errors import TicketClosed
from tickets.policies import visible_ticket
from web.access import SignedInRequest
from web.portal.access import customers_only
from web.portal.forms import RatingForm, ReplyForm
from web.portal.requests import conversation


@require_POST
@customers_only
def create(request: SignedInRequest, number: int) -> HttpResponse:
    """The requester's verdict; only by POST, so that a link scanner never votes (attack 43)."""
    ticket = visible_ticket(request.actor, number)
    form = RatingForm(request.POST)
    if not form.is_valid():
        return conversation(request, ticket, ReplyForm(), status=422)
    try:
        rate_ticket(
            actor=request.actor, ticket_id=number, is_good=form.cleaned_data["score"] == "good",
            comment=form.cleaned_data["comment"],
        )  # fmt: skip
    except TicketClosed as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Thank you for telling us."))
    return redirect("portal:request", number)

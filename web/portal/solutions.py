from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tickets.actions import solve_ticket
from tickets.errors import TicketClosed
from web.access import SignedInRequest
from web.portal.access import customers_only


@require_POST
@customers_only
def create(request: SignedInRequest, number: int) -> HttpResponse:
    """The customer says that it is solved. On a closed request there is nothing left to say."""
    try:
        solve_ticket(actor=request.actor, ticket_id=number)
    except TicketClosed as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Marked as solved. Thank you!"))
    return redirect("portal:request", number)

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.roles import Permission
from tickets.actions import retry_delivery
from tickets.errors import InvalidChange, TicketError, TicketNotFound
from web.access import SignedInRequest, workspace


@require_POST
@workspace(Permission.EDIT_TICKETS)
def retry(request: SignedInRequest, delivery_id: int) -> HttpResponse:
    """Send a message again that did not arrive."""
    try:
        delivery = retry_delivery(actor=request.actor, delivery_id=delivery_id)
    except InvalidChange:
        return HttpResponse(status=204, headers={"HX-Trigger": "ticket-saved"})  # sent already
    except TicketNotFound:
        raise
    except TicketError as error:
        raise Http404 from error
    if not request.htmx:
        return redirect("ticket", delivery.ticket_id)
    return HttpResponse(status=204, headers={"HX-Trigger": "ticket-saved"})

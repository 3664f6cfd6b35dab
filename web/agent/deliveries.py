from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.roles import Permission
from tickets.actions import mark_arrived, retry_delivery
from tickets.errors import InvalidChange, TicketError, TicketNotFound
from tickets.models import Delivery
from web.access import SignedInRequest, workspace


@require_POST
@workspace(Permission.EDIT_TICKETS)
def retry(request: SignedInRequest, delivery_id: int) -> HttpResponse:
    """Send a message again that did not arrive."""
    return _decide(request, delivery_id, retry_delivery)


@require_POST
@workspace(Permission.EDIT_TICKETS)
def arrived(request: SignedInRequest, delivery_id: int) -> HttpResponse:
    """Note that a message did arrive of which nobody knew."""
    return _decide(request, delivery_id, mark_arrived)


def _decide(
    request: SignedInRequest, delivery_id: int, act: Callable[..., Delivery]
) -> HttpResponse:
    try:
        delivery = act(actor=request.actor, delivery_id=delivery_id)
    except InvalidChange:
        return HttpResponse(status=204, headers={"HX-Trigger": "ticket-saved"})  # known already
    except TicketNotFound:
        raise
    except TicketError as error:
        raise Http404 from error
    if not request.htmx:
        return redirect("ticket", delivery.ticket_id)
    return HttpResponse(status=204, headers={"HX-Trigger": "ticket-saved"})

"""Links between tickets."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.roles import Permission
from tickets import policies
from tickets.actions import link_tickets, unlink_tickets
from tickets.errors import InvalidChange, TicketNotFound
from tickets.models import LinkKind
from web.access import SignedInRequest, workspace
from web.agent.numbers import as_id
from web.agent.properties import panel


@require_POST
@workspace(Permission.EDIT_TICKETS)
def add(request: SignedInRequest, number: int) -> HttpResponse:
    """Link another ticket, named by its number; "child" is a parent the other way round."""
    ticket = policies.visible_ticket(request.actor, number)
    other = as_id(request.POST.get("link", "").strip().lstrip("#"))
    kind = request.POST.get("kind", LinkKind.RELATED)
    message = ""
    try:
        if other is None:
            raise InvalidChange("links", _("Choose a ticket from the list, or write its number."))
        source, target = (other, ticket.pk) if kind == "child" else (ticket.pk, other)
        kind = LinkKind.PARENT if kind == "child" else kind
        link_tickets(actor=request.actor, source_id=source, target_id=target, kind=kind)
    except (InvalidChange, TicketNotFound) as refused:
        message = str(refused)
    return panel(request, number, message=message, status=422 if message else 200)


@require_POST
@workspace(Permission.EDIT_TICKETS)
def remove(request: SignedInRequest, number: int, link_id: int) -> HttpResponse:
    """Take a link away."""
    policies.visible_ticket(request.actor, number)
    unlink_tickets(actor=request.actor, link_id=link_id)
    return panel(request, number)

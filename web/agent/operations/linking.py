"""Links between tickets."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.roles import Permission
from tickets import policies
from tickets.actions import link_tickets, unlink_tickets
from tickets.errors import InvalidChange, TicketNotFound
from tickets.models import LinkKind
from web.access import SignedInRequest, workspace
from web.agent.numbers import as_id
from web.agent.operations.answers import not_undone, undoable, undone
from web.agent.properties import panel


@require_POST
@workspace(Permission.EDIT_TICKETS)
def add(request: SignedInRequest, number: int) -> HttpResponse:
    """Link another ticket, named by its number; "child" is a parent the other way round."""
    ticket = policies.visible_ticket(request.actor, number)
    other = as_id(request.POST.get("link", "").strip().lstrip("#"))
    kind = request.POST.get("kind", LinkKind.RELATED)
    message, link = "", None
    try:
        if other is None:
            raise InvalidChange("links", _("Choose a ticket from the list, or write its number."))
        source, target = (other, ticket.pk) if kind == "child" else (ticket.pk, other)
        kind = LinkKind.PARENT if kind == "child" else kind
        link = link_tickets(actor=request.actor, source_id=source, target_id=target, kind=kind)
    except (InvalidChange, TicketNotFound) as refused:
        message = str(refused)
    answer = panel(request, number, message=message, status=422 if message else 200)
    if link:
        url = reverse("undo_link", args=[number])
        answer["HX-Trigger"] = undoable(_("Linked"), f"{url}?remove={link.pk}")
    return answer


@require_POST
@workspace(Permission.EDIT_TICKETS)
def remove(request: SignedInRequest, number: int, link_id: int) -> HttpResponse:
    """Take a link away."""
    policies.visible_ticket(request.actor, number)
    link = unlink_tickets(actor=request.actor, link_id=link_id)
    answer = panel(request, number)
    if link:
        query = urlencode({"source": link.source_id, "target": link.target_id, "kind": link.kind})
        url = reverse("undo_link", args=[number])
        answer["HX-Trigger"] = undoable(_("The link is gone"), f"{url}?{query}")
    return answer


@require_POST
@workspace(Permission.EDIT_TICKETS)
def undo(request: SignedInRequest, number: int) -> HttpResponse:
    """The way back: `remove` takes a link away, `source`, `target` and `kind` put one back."""
    policies.visible_ticket(request.actor, number)
    query = request.GET
    try:
        if (link_id := as_id(query.get("remove", ""))) is not None:
            unlink_tickets(actor=request.actor, link_id=link_id)
        else:
            source, target = as_id(query.get("source", "")), as_id(query.get("target", ""))
            link_tickets(
                actor=request.actor, source_id=source or 0, target_id=target or 0,
                kind=query.get("kind", ""),
            )  # fmt: skip
    except (InvalidChange, TicketNotFound) as refused:
        return not_undone(str(refused))
    return undone(_("Taken back"))

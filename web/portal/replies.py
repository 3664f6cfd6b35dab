from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tickets.actions import update_ticket
from tickets.drafts import TicketChanges
from tickets.errors import InvalidChange, TicketClosed
from tickets.models import Status
from tickets.policies import visible_ticket
from web import limits
from web.access import SignedInRequest
from web.portal.access import customers_only
from web.portal.forms import ReplyForm, comment_from, refuse
from web.portal.requests import conversation

PER_HOUR = 60


@require_POST
@customers_only
def create(request: SignedInRequest, number: int) -> HttpResponse:
    """Answer, with files, and say that it is solved where that button was used; a reply reopens."""
    ticket = visible_ticket(request.actor, number)
    form = ReplyForm(request.POST, request.FILES)
    if not limits.take("portal-reply", str(request.actor.user_id), limit=PER_HOUR, seconds=3600):
        form.add_error(None, _("That were many messages. Wait a little, then send this one again."))
        return conversation(request, ticket, form, status=429)
    if not form.is_valid():
        return conversation(request, ticket, form, status=422)
    is_solved = "solve" in request.POST
    changes = TicketChanges(status=Status.SOLVED) if is_solved else None
    try:
        comment = comment_from(form, request.actor)
        update_ticket(actor=request.actor, ticket_id=number, changes=changes, comment=comment)
    except InvalidChange as error:
        refuse(form, error)
        return conversation(request, ticket, form, status=422)
    except TicketClosed:
        return conversation(request, visible_ticket(request.actor, number), form, status=409)
    messages.success(request, _("Sent, and marked as solved.") if is_solved else _("Sent."))
    return redirect(f"{reverse('portal:request', args=[number])}#end")

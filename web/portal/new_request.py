from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tickets.actions import create_ticket
from tickets.drafts import TicketDraft
from tickets.errors import InvalidChange
from tickets.models import Channel, Ticket
from tickets.policies import visible_ticket
from web import limits
from web.access import SignedInRequest
from web.portal.access import customers_only
from web.portal.forms import RequestForm, comment_from, refuse

PER_HOUR = 20


@require_http_methods(["GET", "HEAD", "POST"])
@customers_only
def new(request: SignedInRequest) -> HttpResponse:
    """The request form; with `follow_up` it goes on from a closed request of one's own."""
    source = _source(request)
    if request.method != "POST":
        subject = _("Follow-up: %(subject)s") % {"subject": source.subject} if source else ""
        subject = subject or request.GET.get("subject", "")
        return _show(request, RequestForm(initial={"subject": subject[:200]}), source, 200)
    form = RequestForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, form, source, 422)
    if not limits.take("portal-request", str(request.actor.user_id), limit=PER_HOUR, seconds=3600):
        form.add_error(None, _("That were many requests. Wait a little, then send this one again."))
        return _show(request, form, source, 429)
    try:
        ticket = _create(request, form, source)
    except InvalidChange as error:
        refuse(form, error)
        return _show(request, form, source, 422)
    messages.success(request, _("We have your request and will write to you soon."))
    return redirect("portal:request", ticket.pk)


def _source(request: SignedInRequest) -> Ticket | None:
    """The closed request a follow-up goes on from. Raises TicketNotFound for somebody else's."""
    number = request.POST.get("follow_up") or request.GET.get("follow_up") or ""
    if not (number.isdecimal() and len(number) < 19):
        return None
    ticket = visible_ticket(request.actor, int(number))
    return ticket if ticket.is_closed else None


def _create(request: SignedInRequest, form: RequestForm, source: Ticket | None) -> Ticket:
    comment = comment_from(form, request.actor)
    draft = TicketDraft(
        subject=form.cleaned_data["subject"], comment=comment, requester_id=comment.author_id,
        channel=Channel.WEB, followup_source_id=source.pk if source else None,
    )  # fmt: skip
    return create_ticket(actor=request.actor, draft=draft)


def _show(
    request: SignedInRequest, form: RequestForm, source: Ticket | None, status: int
) -> HttpResponse:
    context = {"form": form, "source": source}
    return render(request, "portal/requests/new.html", context, status=status)

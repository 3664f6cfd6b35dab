from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tickets.actions import create_ticket
from tickets.drafts import TicketDraft
from tickets.errors import InvalidChange
from tickets.models import Channel, Ticket, TicketForm
from tickets.policies import visible_ticket
from tickets.selectors.forms import forms_for_customers
from web import limits
from web.access import SignedInRequest
from web.fields.asking import Asking, ask_customers, chosen_form
from web.portal.access import customers_only
from web.portal.forms import RequestForm, comment_from, refuse

PER_HOUR = 20


@dataclass(frozen=True, slots=True)
class RequestPage:
    """What a customer fills in; `offered` are the ticket forms to choose among."""

    form: RequestForm
    source: Ticket | None
    offered: list[TicketForm]
    chosen: TicketForm | None
    asking: Asking


@require_http_methods(["GET", "HEAD", "POST"])
@customers_only
def new(request: SignedInRequest) -> HttpResponse:
    """The request form; with `follow_up` it goes on from a closed request of one's own."""
    page = _page(request)
    form = page.form
    if request.method != "POST":
        return _show(request, page, 200)
    if not form.is_valid() or page.asking.answers.errors:
        return _show(request, page, 422)
    if not limits.take("portal-request", str(request.actor.user_id), limit=PER_HOUR, seconds=3600):
        form.add_error(None, _("That were many requests. Wait a little, then send this one again."))
        return _show(request, page, 429)
    try:
        ticket = _create(request, page)
    except InvalidChange as error:
        refuse(form, error)
        return _show(request, page, 422)
    messages.success(request, _("We have your request and will write to you soon."))
    return redirect("portal:request", ticket.pk)


def _source(request: SignedInRequest) -> Ticket | None:
    """The closed request a follow-up goes on from. Raises TicketNotFound for somebody else's."""
    number = request.POST.get("follow_up") or request.GET.get("follow_up") or ""
    if not (number.isdecimal() and len(number) < 19):
        return None
    ticket = visible_ticket(request.actor, int(number))
    return ticket if ticket.is_closed else None


def _page(request: SignedInRequest) -> RequestPage:
    """The form with the fields of the ticket form that was chosen."""
    source, offered = _source(request), forms_for_customers()
    values = request.POST if request.method == "POST" else request.GET
    chosen = chosen_form(values, offered)
    if request.method == "POST":
        form = RequestForm(request.POST, request.FILES)
    else:
        subject = _("Follow-up: %(subject)s") % {"subject": source.subject} if source else ""
        subject = subject or request.GET.get("subject", "")
        form = RequestForm(initial={"subject": subject[:200]})
    sent = request.POST if request.method == "POST" else None
    asking = ask_customers(chosen, sent, has_fields=bool(chosen or not offered))
    return RequestPage(form, source, offered, chosen, asking)


def _create(request: SignedInRequest, page: RequestPage) -> Ticket:
    form, source, chosen = page.form, page.source, page.chosen
    comment = comment_from(form, request.actor)
    draft = TicketDraft(
        subject=form.cleaned_data["subject"], comment=comment, requester_id=comment.author_id,
        channel=Channel.WEB, followup_source_id=source.pk if source else None,
        form_id=chosen.pk if chosen else None, custom_fields=page.asking.answers.values,
    )  # fmt: skip
    return create_ticket(actor=request.actor, draft=draft)


def _show(request: SignedInRequest, page: RequestPage, status: int) -> HttpResponse:
    context = {"form": page.form, "source": page.source, "offered": page.offered,
               "chosen": page.chosen, "questions": page.asking.questions}  # fmt: skip
    return render(request, "portal/requests/new.html", context, status=status)

"""A customer's requests: the list, and one conversation."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tickets.models import Score, Ticket
from tickets.policies import may_answer_as_customer, takes_part, visible_ticket
from tickets.selectors.conversations import comments_of, people_of
from tickets.selectors.requests import count_requests, page_of_requests
from web.access import SignedInRequest
from web.portal.access import customers_only
from web.portal.forms import ReplyForm
from web.portal.messages import messages_of
from web.portal.words import words_of


@require_safe
@customers_only
def index(request: SignedInRequest) -> HttpResponse:
    """My requests: open ones, with `?show=solved` the solved ones, with `colleagues` theirs."""
    shown = request.GET.get("show", "")
    is_done, of_colleagues = shown == "solved", shown == "colleagues"
    page = page_of_requests(
        request.actor, is_done=is_done, of_colleagues=of_colleagues,
        cursor=request.GET.get("cursor", ""),
    )  # fmt: skip
    context = {
        "page": page,
        "rows": [(ticket, words_of(ticket.status)) for ticket in page.rows],
        "counts": count_requests(request.actor),
        "is_done": is_done,
        "of_colleagues": of_colleagues,
    }
    return render(request, "portal/requests/index.html", context)


@require_safe
@customers_only
def show(request: SignedInRequest, number: int) -> HttpResponse:
    ticket = visible_ticket(request.actor, number)
    return conversation(request, ticket, ReplyForm())


def conversation(
    request: SignedInRequest, ticket: Ticket, form: forms.Form, *, status: int = 200
) -> HttpResponse:
    """The page of one request with a form, which may be one that was refused."""
    comments = comments_of(ticket, request.actor)
    rating = getattr(ticket, "rating", None)
    is_own = ticket.requester_id == request.actor.user_id
    context = {
        "ticket": ticket,
        "words": words_of(ticket.status),
        "conversation": messages_of(
            comments, request.actor, images_token=request.GET.get("images", "")
        ),
        "ccs": people_of(ticket, request.actor).ccs,
        "form": form,
        "takes_part": takes_part(request.actor, ticket),
        "may_answer": may_answer_as_customer(request.actor, ticket),
        "rating": rating if rating and rating.score != Score.OFFERED else None,
        "may_rate": is_own and (ticket.status == "solved" or (rating and ticket.is_open)),
    }
    return render(request, "portal/requests/show.html", context, status=status)

"""Writing a call down: two clicks, from a ticket, a customer, or anywhere."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actions import find_or_create_people
from accounts.models import IdentityKind, User
from accounts.roles import Permission
from accounts.selectors import visible_users
from tickets import policies
from tickets.actions import CallDraft, keep_upload, log_call
from tickets.errors import InvalidChange, TicketClosed
from tickets.models import Ticket
from web.access import SignedInRequest, workspace
from web.agent.numbers import as_id
from web.agent.operations.answers import done
from web.agent.operations.timing import seconds_from
from web.calls.callers import clean_number, open_tickets, with_numbers

TEMPLATE = "agent/calls/log.html"


@require_http_methods(["GET", "POST"])
@workspace(Permission.EDIT_TICKETS)
def log(request: SignedInRequest) -> HttpResponse:
    """The form, with caller and ticket where they are known; or, posted, the call is noted."""
    if request.method == "GET":
        return _show(request, _prefilled(request))
    try:
        ticket = _log(request)
    except (InvalidChange, TicketClosed) as refused:
        return _show(request, request.POST.dict(), error=refused)
    words = _("The call was noted on #%(number)s.") % {"number": ticket.pk}
    is_here = request.POST.get("from_ticket") == str(ticket.pk)
    go = "" if is_here else reverse("ticket", args=[ticket.pk])
    return done(request, ticket.pk, words, go=go)


def _log(request: SignedInRequest) -> Ticket:
    form = request.POST
    number = clean_number(form.get("number", ""))
    text = form.get("length", "").strip()
    file = request.FILES.get("recording")
    seconds = seconds_from(text) if text else 0
    ticket_id = as_id(form.get("ticket", ""))
    person_id = _person(request, number) if ticket_id is None else 0
    uploads = (
        (keep_upload(actor=request.actor, file=file, filename=file.name or "").pk,) if file else ()
    )
    draft = CallDraft(
        direction=form.get("direction", ""), number=number, seconds=seconds,
        notes=form.get("notes", "")[:100_000], upload_ids=uploads,
        ours=clean_number(form.get("ours", "")),
    )  # fmt: skip
    return log_call(
        actor=request.actor, person_id=person_id, draft=draft, ticket_id=ticket_id,
        subject=form.get("subject", "")[:200],
    )  # fmt: skip


def _person(request: SignedInRequest, number: str) -> int:
    """Who was chosen from the list; else the person of the number, made when it is unknown."""
    chosen = as_id(request.POST.get("person", ""))
    if chosen and visible_users(request.actor).filter(pk=chosen).exists():
        return chosen
    if not number:
        words = _("Write the number, or choose a person from the list.")
        raise InvalidChange("number", words)
    key = (str(IdentityKind.PHONE), number)
    name = request.POST.get("name", "").strip()[:200] or number
    return find_or_create_people(names={key: name})[key].pk


def _prefilled(request: SignedInRequest) -> dict[str, Any]:
    number = as_id(request.GET.get("ticket", ""))
    if number is not None:
        ticket = policies.visible_ticket(request.actor, number)
        return _of(ticket.requester) | {"ticket": str(ticket.pk), "from_ticket": str(ticket.pk)}
    person_id = as_id(request.GET.get("person", ""))
    people = visible_users(request.actor).filter(pk=person_id) if person_id else User.objects.none()
    person = people.first()
    return _of(person) if person else {}


def _of(person: User) -> dict[str, Any]:
    caller = with_numbers([person])[0]
    return {"person": str(person.pk), "number": caller.number or person.display_name,
            "who": person.display_name}  # fmt: skip


def _show(
    request: SignedInRequest, values: dict[str, Any], *, error: Exception | None = None
) -> HttpResponse:
    chosen = as_id(values.get("ticket", ""))
    tickets = open_tickets(request.actor, as_id(values.get("person", "")))
    if chosen and chosen not in dict(tickets):
        seen = policies.visible_tickets(request.actor).filter(pk=chosen)
        tickets = [*seen.values_list("pk", "subject"), *tickets]
    frame = "agent/calls/dialog.html" if request.htmx else "agent/calls/frame.html"
    context = {
        "frame": frame, "beside": ("number", "time"),
        "values": {"direction": "inbound", **values}, "error": error, "tickets": tickets,
        "chosen": chosen, "field": getattr(error, "field", ""),
    }  # fmt: skip
    return render(request, TEMPLATE, context, status=422 if error else 200)

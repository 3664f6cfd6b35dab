"""Time spent on a ticket: counted by the page, seen and corrected by people."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime

from django.core import signing
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.roles import Permission
from core import clock
from tickets import policies
from tickets.actions import Visit, add_time, change_time, count_time
from tickets.errors import InvalidChange, NotPermitted
from tickets.selectors.time import time_of
from web.access import SignedInRequest, workspace
from web.agent.numbers import as_id
from web.agent.operations.answers import dialog

_SALT = "ticket-visit"
_CLOCK = re.compile(r"^(?:(\d{1,3}):)?(\d{1,4}):(\d{2})$")
_UNITS = re.compile(r"^(?:(\d{1,3})\s*h)?\s*(?:(\d{1,4})\s*(?:min|m)?)?$", re.IGNORECASE)


def visit_token(user_id: int | None, ticket_id: int) -> str:
    """What a page sends along with what it counted: whose it is, and when it was opened."""
    opened = int(clock.now().timestamp())
    return signing.dumps([uuid.uuid4().hex, user_id, ticket_id, opened], salt=_SALT)


def visit_from(request: SignedInRequest, number: int) -> Visit | None:
    """The page that this request comes from; None for a token that is not its own."""
    try:
        name, user_id, ticket_id, opened = signing.loads(request.POST.get("visit", ""), salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if (user_id, ticket_id) != (request.actor.user_id, number):
        return None
    return Visit(name, datetime.fromtimestamp(opened, UTC))


def count_submitted(request: SignedInRequest, number: int) -> None:
    """Keep the time that a submit brings along; nothing when the page counted none."""
    seconds = as_id(request.POST.get("visit_seconds", ""))
    visit = visit_from(request, number) if seconds else None
    if seconds and visit:
        count_time(actor=request.actor, ticket_id=number, seconds=seconds, visit=visit,
                   with_submit=True)  # fmt: skip


@require_POST
@workspace()
def count(request: SignedInRequest, number: int) -> HttpResponse:
    """Keep what a page has counted that is left without a submit."""
    seconds, visit = as_id(request.POST.get("visit_seconds", "")), visit_from(request, number)
    policies.visible_ticket(request.actor, number)
    if seconds and visit:
        count_time(actor=request.actor, ticket_id=number, seconds=seconds, visit=visit,
                   with_submit=False)  # fmt: skip
    return HttpResponse(status=204)


@require_http_methods(["GET", "POST"])
@workspace()
def show(request: SignedInRequest, number: int) -> HttpResponse:
    """All entries of a ticket; posted, one is added or changed (`entry` names it)."""
    ticket = policies.visible_ticket(request.actor, number)
    error = ""
    if request.method == "POST":
        try:
            _write(request, number)
        except InvalidChange as refused:
            error = str(refused)
    context = {"ticket": ticket, "spent": time_of(ticket), "error": error,
               "typed": request.POST if error else {},
               "may_edit": request.actor.can(Permission.EDIT_TICKETS),
               "may_edit_all": request.actor.can(Permission.DELETE_TICKETS)}  # fmt: skip
    response = dialog(
        request, "agent/tickets/operations/time.html", context, status=422 if error else 200
    )
    if request.method == "POST" and not error:
        response["HX-Trigger"] = "ticket-saved"
    return response


def _write(request: SignedInRequest, number: int) -> None:
    if not request.actor.can(Permission.EDIT_TICKETS):
        raise NotPermitted
    entry_id = as_id(request.POST.get("entry", ""))
    note = request.POST.get("note", "")
    seconds = 0 if "remove" in request.POST else seconds_from(request.POST.get("duration", ""))
    if entry_id is None:
        add_time(actor=request.actor, ticket_id=number, seconds=seconds, note=note)
    else:
        change_time(actor=request.actor, entry_id=entry_id, seconds=seconds, note=note)


def seconds_from(text: str) -> int:
    """`1:30` (minutes and seconds), `1:05:00`, `90`, `90 min`, `1 h 30`. Raises InvalidChange."""
    text = text.strip()
    if match := _CLOCK.match(text):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return hours * 3600 + minutes * 60 + seconds
    if text and (match := _UNITS.match(text)):
        hours, minutes = (int(part or 0) for part in match.groups())
        return hours * 3600 + minutes * 60
    raise InvalidChange("time", _("Write a time such as 15, 1:30 or 2 h 15 min."))

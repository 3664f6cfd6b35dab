"""Changing a ticket's properties one at a time, each saved at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.actions import find_or_create_customers
from accounts.roles import Permission
from accounts.teams import teams
from tickets import policies
from tickets.actions import accept_participant, update_ticket
from tickets.drafts import TicketChanges
from tickets.errors import ConflictingChange, InvalidChange, TicketClosed
from tickets.models import Ticket
from tickets.selectors.conversations import people_of
from web.access import SignedInRequest, workspace
from web.agent.comments import version_from
from web.agent.numbers import as_id, as_ids
from web.agent.ticket_page import active_fields, properties_of

Change = Callable[[SignedInRequest, Ticket], TicketChanges]


@require_POST
@workspace(Permission.EDIT_TICKETS)
def update(request: SignedInRequest, number: int) -> HttpResponse:
    """Save one property (the field `property` names it) and answer with the whole panel."""
    ticket = policies.visible_ticket(request.actor, number)
    change = CHANGES.get(request.POST.get("property", ""))
    message, status = "", 200
    try:
        if change is None:
            raise InvalidChange("property", _("There is no such property."))
        update_ticket(
            actor=request.actor, ticket_id=number, changes=change(request, ticket),
            expected_version=version_from(request),
        )  # fmt: skip
    except ConflictingChange as error:
        message, status = _conflict(error), 409
    except (InvalidChange, TicketClosed) as error:
        message, status = str(error), 422
    return panel(request, number, message=message, status=status)


@require_POST
@workspace(Permission.EDIT_TICKETS)
def accept(request: SignedInRequest, number: int) -> HttpResponse:
    """Let somebody who turned up in the conversation take part."""
    user_id = as_id(request.POST.get("user", ""))
    if user_id is not None:
        accept_participant(actor=request.actor, ticket_id=number, user_id=user_id)
    return panel(request, number)


def panel(
    request: SignedInRequest, number: int, *, message: str = "", status: int = 200
) -> HttpResponse:
    """The properties as they are now, with a message where something was not saved."""
    ticket = policies.visible_ticket(request.actor, number)
    people = people_of(ticket, request.actor)
    properties = properties_of(ticket, request.actor, people, active_fields(), teams())
    context = {"properties": properties, "ticket": ticket, "message": message}
    response = render(request, "agent/tickets/_properties.html", context, status=status)
    response["HX-Trigger"] = "ticket-saved"
    return response


def _conflict(error: ConflictingChange) -> str:
    names = ", ".join(dict.fromkeys(change.author for change in error.changes))
    return _(
        "%(names)s changed this in the meantime, so your choice was not saved. "
        "Below is how it stands now: choose again if you still want to."
    ) % {"names": names}


def _assignment(request: SignedInRequest, ticket: Ticket) -> TicketChanges:
    """`12` is group 12, `12/7` agent 7 in group 12, empty nobody at all."""
    chosen = assignment_from(request.POST.get("assignment", ""))
    return TicketChanges(group_id=chosen.group_id, assignee_id=chosen.assignee_id)


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who takes a ticket: a group, one of its agents, or nobody."""

    group_id: int | None
    assignee_id: int | None


def assignment_from(text: str) -> Assignment:
    """Group and assignee of a choice in the assignee list. Raises InvalidChange."""
    group, _slash, agent = text.partition("/")
    chosen = Assignment(group_id=as_id(group), assignee_id=as_id(agent))
    if (group and chosen.group_id is None) or (agent and chosen.assignee_id is None):
        raise InvalidChange("assignee_id", _("Choose a group or an agent from the list."))
    return chosen


def _add_tag(request: SignedInRequest, ticket: Ticket) -> TicketChanges:
    new = request.POST.get("add_tag", "").replace(",", " ").split()
    return TicketChanges(tags=(*ticket.tags, *new))


def _remove_tag(request: SignedInRequest, ticket: Ticket) -> TicketChanges:
    gone = request.POST.get("remove_tag", "")
    return TicketChanges(tags=tuple(tag for tag in ticket.tags if tag != gone))


def _add_cc(request: SignedInRequest, ticket: Ticket) -> TicketChanges:
    present = [row.user_id for row in people_of(ticket, request.actor).ccs]
    return TicketChanges(cc_ids=(*present, _person(request.POST.get("add_cc", ""))))


def _person(email: str) -> int:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise InvalidChange("cc_ids", _("Write a whole e-mail address.")) from error
    return find_or_create_customers(names_by_email={email: ""})[email].pk


def _remove_cc(request: SignedInRequest, ticket: Ticket) -> TicketChanges:
    gone = request.POST.get("remove_cc", "")
    present = [row.user_id for row in people_of(ticket, request.actor).ccs]
    return TicketChanges(cc_ids=tuple(pk for pk in present if str(pk) != gone))


def _add_follower(request: SignedInRequest, ticket: Ticket) -> TicketChanges:
    new = as_ids([request.POST.get("add_follower", "")])
    present = [row.user_id for row in people_of(ticket, request.actor).followers]
    return TicketChanges(follower_ids=(*present, *new))


def _remove_follower(request: SignedInRequest, ticket: Ticket) -> TicketChanges:
    gone = request.POST.get("remove_follower", "")
    present = [row.user_id for row in people_of(ticket, request.actor).followers]
    return TicketChanges(follower_ids=tuple(pk for pk in present if str(pk) != gone))


def _problem(request: SignedInRequest, ticket: Ticket) -> TicketChanges:
    text = request.POST.get("problem", "").strip().lstrip("#")
    number = as_id(text)
    if text and number is None:
        raise InvalidChange("problem_id", _("Write the number of a problem ticket."))
    if number is not None and not policies.visible_tickets(request.actor).filter(pk=number):
        raise InvalidChange("problem_id", _("There is no such ticket, or you may not see it."))
    return TicketChanges(problem_id=number)


def _due(request: SignedInRequest, ticket: Ticket) -> TicketChanges:
    text = request.POST.get("due", "")
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InvalidChange("due_at", _("Write the date as year-month-day.")) from error
    at = timezone.make_aware(datetime.combine(day, time(17))) if day else None
    return TicketChanges(due_at=at)


def _custom_field(request: SignedInRequest, ticket: Ticket) -> TicketChanges:
    key = request.POST.get("field", "")
    return TicketChanges(custom_fields={key: request.POST.get("value", "")})


CHANGES: dict[str, Change] = {
    "assignment": _assignment,
    "type": lambda request, ticket: TicketChanges(type=request.POST.get("type", "")),
    "priority": lambda request, ticket: TicketChanges(priority=request.POST.get("priority", "")),
    "add_tag": _add_tag,
    "remove_tag": _remove_tag,
    "add_cc": _add_cc,
    "remove_cc": _remove_cc,
    "add_follower": _add_follower,
    "remove_follower": _remove_follower,
    "problem": _problem,
    "due": _due,
    "custom_field": _custom_field,
}

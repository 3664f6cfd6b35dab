"""What each property of the left column makes of a form: a change for `update_ticket`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import find_or_create_customers
from accounts.models import User
from accounts.selectors import search_organizations, visible_users
from tickets import policies
from tickets.drafts import TicketChanges
from tickets.errors import InvalidChange
from tickets.models import Ticket, TicketField
from tickets.selectors.conversations import people_of
from web.access import SignedInRequest
from web.agent.numbers import as_id, as_ids
from web.fields.reading import written_in

Change = Callable[[SignedInRequest, Ticket], TicketChanges]
EVENING = time(17)  # of a due date without a time


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


def _assignment(request: SignedInRequest, ticket: Ticket) -> TicketChanges:
    """`12` is group 12, `12/7` agent 7 in group 12, empty nobody at all."""
    chosen = assignment_from(request.POST.get("assignment", ""))
    return TicketChanges(group_id=chosen.group_id, assignee_id=chosen.assignee_id)


def _subject(request: SignedInRequest, ticket: Ticket) -> TicketChanges:
    subject = request.POST.get("subject", "").strip()
    if not subject:
        raise InvalidChange("subject", _("Write a subject: it is what people see in every list."))
    return TicketChanges(subject=subject)


def _requester(request: SignedInRequest, ticket: Ticket) -> TicketChanges:
    """The company comes along with its person; who asks is not in CC."""
    person = _known_person(request, request.POST.get("requester", ""))
    present = [row.user_id for row in people_of(ticket, request.actor).ccs]
    return TicketChanges(
        requester_id=person.pk, organization_id=person.organization_id,
        cc_ids=tuple(pk for pk in present if pk != person.pk),
    )  # fmt: skip


def _known_person(request: SignedInRequest, text: str) -> User:
    """The person with this address, made when unknown, or the only one of this name."""
    text = text.strip()
    if "@" in text:
        return User.objects.get(pk=_person(text, "requester_id"))
    found = list(visible_users(request.actor).filter(name__iexact=text)[:2]) if text else []
    if len(found) != 1:
        raise InvalidChange(
            "requester_id", _("Choose a person from the list, or write an e-mail address.")
        )
    return found[0]


def _organization(request: SignedInRequest, ticket: Ticket) -> TicketChanges:
    text = request.POST.get("organization", "").strip()
    if not text:
        return TicketChanges(organization_id=None)
    found = search_organizations(text, request.actor).filter(name__iexact=text)
    pk = found.values_list("pk", flat=True).first()
    if pk is None:
        raise InvalidChange("organization_id", _("Choose an organization from the list."))
    return TicketChanges(organization_id=pk)


def _add_tag(request: SignedInRequest, ticket: Ticket) -> TicketChanges:
    new = request.POST.get("add_tag", "").replace(",", " ").split()
    return TicketChanges(tags=(*ticket.tags, *new))


def _remove_tag(request: SignedInRequest, ticket: Ticket) -> TicketChanges:
    gone = request.POST.get("remove_tag", "")
    return TicketChanges(tags=tuple(tag for tag in ticket.tags if tag != gone))


def _add_cc(request: SignedInRequest, ticket: Ticket) -> TicketChanges:
    present = [row.user_id for row in people_of(ticket, request.actor).ccs]
    return TicketChanges(cc_ids=(*present, _person(request.POST.get("add_cc", ""), "cc_ids")))


def _person(email: str, field: str) -> int:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise InvalidChange(field, _("Write a whole e-mail address.")) from error
    return find_or_create_customers(names_by_email={email: ""})[email].pk


def _remove_cc(request: SignedInRequest, ticket: Ticket) -> TicketChanges:
    gone = request.POST.get("remove_cc", "")
    present = [row.user_id for row in people_of(ticket, request.actor).ccs]
    return TicketChanges(cc_ids=tuple(pk for pk in present if str(pk) != gone))


def _add_follower(request: SignedInRequest, ticket: Ticket) -> TicketChanges:
    """An agent by id, or by address as the list box writes it."""
    text = request.POST.get("add_follower", "").strip()
    new = as_ids([text]) or list(
        User.objects.staff().filter(email=text.lower()).values_list("pk", flat=True)
    )
    if not new:
        raise InvalidChange("follower_ids", _("Choose an agent from the list."))
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
    """A day, or a day with a time, of the reader's time zone."""
    text = request.POST.get("due", "")
    try:
        at = datetime.fromisoformat(text) if text else None
    except ValueError as error:
        raise InvalidChange("due_at", _("Write the date as year-month-day.")) from error
    if at is None:
        return TicketChanges(due_at=None)
    at = datetime.combine(at.date(), EVENING) if "T" not in text else at
    try:
        return TicketChanges(due_at=timezone.make_aware(at) if timezone.is_naive(at) else at)
    except OverflowError as error:
        raise InvalidChange("due_at", _("Write the date as year-month-day.")) from error


def _form(request: SignedInRequest, ticket: Ticket) -> TicketChanges:
    return TicketChanges(form_id=as_id(request.POST.get("form", "")))


def _external_id(request: SignedInRequest, ticket: Ticket) -> TicketChanges:
    return TicketChanges(external_id=request.POST.get("external_id", "").strip()[:255] or None)


def _custom_field(request: SignedInRequest, ticket: Ticket) -> TicketChanges:
    key = request.POST.get("field", "")
    field = TicketField.objects.filter(pk=as_id(key) or 0).first()
    if field is None:
        raise InvalidChange("custom_fields", _("This field no longer exists."))
    return TicketChanges(custom_fields={key: written_in(request.POST, field, "value") or ""})


CHANGES: dict[str, Change] = {
    "subject": _subject,
    "requester": _requester,
    "organization": _organization,
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
    "form": _form,
    "external_id": _external_id,
    "custom_field": _custom_field,
}

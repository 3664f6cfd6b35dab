"""Changing a ticket's properties one at a time, each saved at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.roles import Permission
from accounts.teams import teams
from core import clock
from tickets import policies
from tickets.actions import accept_participant, update_ticket
from tickets.actions.puttingback import undo_submit
from tickets.errors import ChangedSince, ConflictingChange, InvalidChange, TicketClosed
from tickets.models import Audit
from tickets.selectors.conversations import people_of
from web.access import SignedInRequest, workspace
from web.agent.comments import version_from
from web.agent.numbers import as_id
from web.agent.operations.answers import not_undone, undoable, undone
from web.agent.property_changes import CHANGES
from web.agent.ticket_page import properties_of

_NOT_KEPT = ("version", "property", "csrfmiddlewaretoken")
_WORDS = ("value", "subject", "requester", "organization", "add_tag", "add_cc", "problem", "due",
          "external_id")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kept:
    """What somebody chose and was not saved: its words, and the form again.

    `is_offered`: it can be saved all the same.
    """

    name: str
    items: list[tuple[str, str]]
    is_offered: bool

    @property
    def words(self) -> str:
        typed = [value for name, value in self.items if name in _WORDS and value]
        return ", ".join(typed)


@require_POST
@workspace(Permission.EDIT_TICKETS)
def update(request: SignedInRequest, number: int) -> HttpResponse:
    """Save one property (the field `property` names it) and answer with the whole panel."""
    before = version_from(request)
    message, status = _tried(request, number)
    kept = _kept(request, status) if status != 200 else None
    answer = panel(request, number, message=message, status=status, kept=kept)
    if status == 200 and (undo := _undo_url(request, number, before)):
        answer["HX-Trigger"] = undoable(_("Saved"), undo)
    return answer


@require_POST
@workspace(Permission.EDIT_TICKETS)
def undo(request: SignedInRequest, number: int, audit_id: int) -> HttpResponse:
    """Take back what was saved a moment ago, unless somebody has changed it since."""
    policies.visible_ticket(request.actor, number)
    try:
        undo_submit(actor=request.actor, ticket_id=number, audit_id=audit_id)
    except (ChangedSince, InvalidChange, TicketClosed) as error:
        return not_undone(str(error))
    return undone(_("Taken back"))


@require_POST
@workspace(Permission.EDIT_TICKETS)
def subject(request: SignedInRequest, number: int) -> HttpResponse:
    """Save the subject and answer with it; what was refused stands in the field again."""
    message, status = _tried(request, number)
    ticket = policies.visible_ticket(request.actor, number)
    context = {"ticket": ticket, "message": message, "may_edit": not ticket.is_closed,
               "typed": request.POST.get("subject", "") if status != 200 else ""}  # fmt: skip
    response = render(request, "agent/tickets/_subject.html", context, status=status)
    response["HX-Trigger"] = "ticket-saved"
    return response


@require_POST
@workspace(Permission.EDIT_TICKETS)
def accept(request: SignedInRequest, number: int) -> HttpResponse:
    """Let somebody who turned up in the conversation take part."""
    user_id = as_id(request.POST.get("user", ""))
    if user_id is not None:
        accept_participant(actor=request.actor, ticket_id=number, user_id=user_id)
    return panel(request, number)


def panel(
    request: SignedInRequest,
    number: int,
    *,
    message: str = "",
    status: int = 200,
    kept: Kept | None = None,
) -> HttpResponse:
    """The properties as they are now, with a message where something was not saved."""
    ticket = policies.visible_ticket(request.actor, number)
    people = people_of(ticket, request.actor)
    properties = properties_of(ticket, request.actor, people, teams())
    context = {"properties": properties, "ticket": ticket, "message": message, "kept": kept}
    response = render(request, "agent/tickets/_properties.html", context, status=status)
    response["HX-Trigger"] = "ticket-saved"
    return response


def _tried(request: SignedInRequest, number: int) -> tuple[str, int]:
    """Save, and say what stood against it: a message (empty when nothing did) and its status."""
    ticket = policies.visible_ticket(request.actor, number)
    change = CHANGES.get(request.POST.get("property", ""))
    try:
        if change is None:
            raise InvalidChange("property", _("There is no such property."))
        update_ticket(
            actor=request.actor, ticket_id=number, changes=change(request, ticket),
            expected_version=version_from(request),
        )  # fmt: skip
    except ConflictingChange as error:
        return _conflict(error), 409
    except (InvalidChange, TicketClosed) as error:
        return str(error), 422
    return "", 200


def _undo_url(request: SignedInRequest, number: int, before: int | None) -> str:
    """Where the submit of a moment ago is taken back; empty when nothing was different."""
    latest = Audit.objects.filter(ticket=number, author_id=request.actor.user_id)
    latest = latest.filter(ticket__version__gt=before or 0).order_by("-id")
    audit = latest.first()
    if audit is None or clock.now() - audit.created_at > timedelta(seconds=5):
        return ""
    return reverse("undo_property", args=[number, audit.pk])


def _kept(request: SignedInRequest, status: int) -> Kept:
    items = [
        (name, str(value))
        for name, values in request.POST.lists()
        if name not in _NOT_KEPT
        for value in values
    ]
    return Kept(request.POST.get("property", ""), items, is_offered=status == 409)


def _conflict(error: ConflictingChange) -> str:
    names = ", ".join(dict.fromkeys(change.author for change in error.changes))
    return _(
        "%(names)s changed this in the meantime, so your choice was not saved. "
        "Below is how it stands now: choose again if you still want to."
    ) % {"names": names}

"""A problem's incidents: listed, added, solved with one reply."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from core.pages import Keyset, keyset_page
from tickets import policies
from tickets.actions import begin_bulk, update_ticket
from tickets.bulk import LIMIT, BulkRequest
from tickets.drafts import TicketChanges
from tickets.errors import (
    ConflictingChange,
    InvalidChange,
    TicketClosed,
    TicketNotFound,
    TooManyJobs,
)
from tickets.models import BulkKind, Status, Ticket, TicketType
from tickets.selectors.incidents import incidents_of, unsolved_incident_ids, visible_incidents
from web.access import SignedInRequest, workspace
from web.agent.numbers import as_id
from web.agent.operations.answers import dialog, done

PAGE = 20
TEXT_LENGTH = 20_000
LATEST = Keyset("id")


@require_http_methods(["GET", "POST"])
@workspace()
def index(request: SignedInRequest, number: int) -> HttpResponse:
    """A page of the incidents; posted, the ticket that `incident` names becomes one."""
    problem = policies.visible_ticket(request.actor, number)
    error = ""
    if request.method == "POST":
        try:
            _attach(request, problem)
        except (InvalidChange, TicketClosed, TicketNotFound, ConflictingChange) as refused:
            error = str(refused)
    rows = visible_incidents(problem, request.actor).with_people()
    page = keyset_page(rows, LATEST, cursor=request.GET.get("cursor", ""), size=PAGE)
    context = {"ticket": problem, "page": page, "found": incidents_of(problem, request.actor),
               "error": error, "may_edit": request.actor.can(Permission.EDIT_TICKETS)}  # fmt: skip
    response = dialog(
        request, "agent/tickets/operations/incidents.html", context, status=422 if error else 200
    )
    if request.method == "POST":
        response["HX-Trigger"] = "ticket-saved"
    return response


def _attach(request: SignedInRequest, problem: Ticket) -> None:
    """Make a ticket an incident of the problem. Raises what stands against it."""
    if problem.type != TicketType.PROBLEM:
        raise InvalidChange("problem_id", _("Set the type of this ticket to problem first."))
    incident = as_id(request.POST.get("incident", "").strip().lstrip("#"))
    if incident is None:
        raise InvalidChange("incident", _("Choose a ticket from the list, or write its number."))
    if incident == problem.pk:
        raise InvalidChange("incident", _("A problem is not its own incident."))
    changes = TicketChanges(type=TicketType.INCIDENT, problem_id=problem.pk)
    update_ticket(actor=request.actor, ticket_id=incident, changes=changes)


@require_http_methods(["GET", "POST"])
@workspace(Permission.EDIT_TICKETS)
def solve(request: SignedInRequest, number: int) -> HttpResponse:
    """Solve all unsolved incidents with one text: in the background, each its own submit."""
    problem = policies.visible_ticket(request.actor, number)
    error = ""
    if request.method == "POST":
        try:
            total = _solve(request, problem)
            words = ngettext(
                "%(n)d incident is being solved.", "%(n)d incidents are being solved.", total
            )
            return done(request, number, words % {"n": total})
        except (InvalidChange, TooManyJobs, TicketClosed, ConflictingChange) as refused:
            error = str(refused)
    context = {"ticket": problem, "found": incidents_of(problem, request.actor), "error": error,
               "typed": request.POST,
               "may_reply": request.actor.can(Permission.REPLY_PUBLICLY)}  # fmt: skip
    return dialog(
        request, "agent/tickets/operations/solve.html", context, status=422 if error else 200
    )


def _solve(request: SignedInRequest, problem: Ticket) -> int:
    ids = unsolved_incident_ids(problem, request.actor)
    if not ids:
        raise InvalidChange("incidents", _("There is no unsolved incident."))
    asked = BulkRequest(
        fields={"status": Status.SOLVED}, text=request.POST.get("text", "").strip()[:TEXT_LENGTH],
        is_public=request.POST.get("kind") != "internal",
    )  # fmt: skip
    for first in range(0, len(ids), LIMIT):
        begin_bulk(
            actor=request.actor, kind=BulkKind.UPDATE, ticket_ids=ids[first : first + LIMIT],
            request=asked,
        )  # fmt: skip
    if "problem_too" in request.POST and problem.is_open:
        changes = TicketChanges(status=Status.SOLVED)
        update_ticket(actor=request.actor, ticket_id=problem.pk, changes=changes)
    return len(ids)

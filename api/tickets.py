"""Tickets: `/tickets`, `/tickets/{id}`, `/tickets/show_many`, lists of one person or company."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actor import Actor
from api.actions import create_ticket_once, update_ticket_once
from api.bodies import read_body
from api.doors import actor_of, base_of, staff_of
from api.errors import BadParameter
from api.inputs.tickets import NewTicketInput, TicketChangesInput
from api.pagination import Render, paginated
from api.shapes.comments import audit_shapes
from api.shapes.slas import promise_shapes
from api.shapes.tickets import ticket_shape, ticket_shapes
from api.submits import new_comment, new_ticket, ticket_changes
from core import clock
from macros.selectors.sla import standings_of
from tickets.actions import delete_ticket, update_ticket
from tickets.errors import ConflictingChange
from tickets.models import Ticket
from tickets.policies import may_see_internal, visible_ticket, visible_tickets
from tickets.selectors.conversations import latest_audit_of

SORTS = {
    "id": "id",
    "created_at": "created_at",
    "updated_at": "updated_at",
    "status": "status",
    "subject": "subject",
}
MANY = 100


def index(request: Request) -> Response:
    actor = actor_of(request)
    tickets = visible_tickets(actor)
    if external_id := request.query_params.get("external_id"):
        tickets = tickets.filter(external_id=external_id)
    return page(request, tickets, actor)


def page(request: Request, tickets: QuerySet[Ticket], actor: Actor) -> Response:
    """A page of any list of tickets."""
    render = shown_to(actor, request)
    return paginated(request, tickets, name="tickets", render=render, sorts=SORTS, default="id")


def shown_to(actor: Actor, request: Request) -> Render:
    """Tickets as this actor may see them; staff ask for more with `include=slas`."""
    base = base_of(request)
    wanted = request.query_params.get("include", "").split(",")
    with_slas = "slas" in wanted and may_see_internal(actor)

    def render(rows: Sequence[Any]) -> list[dict[str, Any]]:
        shapes = ticket_shapes(rows, actor, base)
        standings = standings_of(rows) if with_slas else {}
        for shape in shapes if with_slas else ():
            shape["slas"] = {"policy_metrics": promise_shapes(standings.get(shape["id"], []))}
        return shapes

    return render


def of_requester(request: Request, user_id: int) -> Response:
    actor = staff_of(request)
    return page(request, visible_tickets(actor).filter(requester_id=user_id), actor)


def of_assignee(request: Request, user_id: int) -> Response:
    actor = staff_of(request)
    return page(request, visible_tickets(actor).filter(assignee_id=user_id), actor)


def of_organization(request: Request, organization_id: int) -> Response:
    actor = staff_of(request)
    return page(request, visible_tickets(actor).filter(organization_id=organization_id), actor)


def count(request: Request) -> Response:
    value = visible_tickets(actor_of(request)).count()
    return Response({"count": {"value": value, "refreshed_at": clock.now().isoformat()}})


def show_many(request: Request) -> Response:
    actor = actor_of(request)
    ids = [part.strip() for part in request.query_params.get("ids", "").split(",") if part.strip()]
    if len(ids) > MANY or not all(pk.isdecimal() and len(pk) < 19 for pk in ids):
        raise BadParameter(f"ids must be at most {MANY} numbers with commas between them.")
    tickets = visible_tickets(actor).filter(pk__in=ids).order_by("id")
    shapes = shown_to(actor, request)(list(tickets))
    return Response(
        {"tickets": shapes, "count": len(shapes), "next_page": None, "previous_page": None}
    )


def create(request: Request) -> Response:
    """A ticket with its first comment; under an Idempotency-Key only once."""
    actor = actor_of(request)
    values = read_body(request, "ticket", NewTicketInput)
    key = request.headers.get("Idempotency-Key", "")[:255]
    ticket, is_new = create_ticket_once(
        actor=actor, draft=lambda: new_ticket(actor, values), key=key, body=request.data
    )
    response = _saved(request, actor, ticket, status=201)
    response["Location"] = response.data["ticket"]["url"]
    return _lookup_noted(response, key, is_new)


def show(request: Request, ticket_id: int) -> Response:
    actor = actor_of(request)
    ticket = visible_ticket(actor, ticket_id)
    return Response({"ticket": shown_to(actor, request)([ticket])[0]})


@transaction.atomic
def update(request: Request, ticket_id: int) -> Response:
    """One submit, under an Idempotency-Key only once.

    With `safe_update`, 409 if anything has changed since `updated_stamp`.
    """
    actor = actor_of(request)
    ticket = visible_ticket(actor, ticket_id)
    values = read_body(request, "ticket", TicketChangesInput)
    key = request.headers.get("Idempotency-Key", "")[:255]

    def submit() -> Ticket:
        return update_ticket(
            actor=actor, ticket_id=ticket_id, changes=ticket_changes(actor, ticket, values),
            comment=new_comment(actor, values), expected_version=_expected_version(ticket, values),
        )  # fmt: skip

    saved, is_new = update_ticket_once(
        actor=actor, ticket_id=ticket_id, update=submit, key=key, body=request.data
    )
    return _lookup_noted(_saved(request, actor, saved), key, is_new)


def _lookup_noted(response: Response, key: str, is_new: bool) -> Response:
    if key:
        response["X-Idempotency-Lookup"] = "miss" if is_new else "hit"
    return response


def _expected_version(ticket: Ticket, values: dict[str, Any]) -> int | None:
    """The version a client means by `updated_stamp`. Raises ConflictingChange for an old one.

    A stamp has whole seconds: the client may have read the first of several versions in it.
    """
    if not values.get("safe_update"):
        return None
    stamp: datetime = values["updated_stamp"].astimezone(UTC).replace(microsecond=0)
    if ticket.updated_at.replace(microsecond=0) > stamp:
        raise ConflictingChange(ticket.version, [])
    within = ticket.audits.filter(created_at__gte=stamp).count()
    is_same_second = ticket.updated_at < stamp + timedelta(seconds=1)
    return ticket.version - max(0, within - 1) if is_same_second else ticket.version


def delete(request: Request, ticket_id: int) -> Response:
    delete_ticket(actor=actor_of(request), ticket_id=ticket_id)
    return Response(status=204)


def _saved(request: Request, actor: Actor, ticket: Ticket, *, status: int = 200) -> Response:
    base = base_of(request)
    body: dict[str, Any] = {"ticket": ticket_shape(ticket, actor, base)}
    if may_see_internal(actor):
        audit = latest_audit_of(ticket, actor)
        body["audit"] = audit_shapes([audit], ticket, base)[0] if audit else None
    return Response(body, status=status)

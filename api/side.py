"""Side conversations of a ticket: for staff who see it, and for nobody else (attack 34)."""

from __future__ import annotations

from uuid import UUID

from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actor import Actor
from accounts.models import User
from api.bodies import Values, read_body
from api.doors import base_of, staff_of
from api.inputs.side import SideChangeInput, SideMessageInput
from api.shapes.side import event_shape, side_shape
from api.uploads import upload_ids
from core.html import sanitize, to_text
from tickets.actions import (
    SideDraft,
    change_side_conversation,
    open_side_conversation,
    reply_in_side_conversation,
)
from tickets.selectors.side import SideThread, side_rows, side_thread
from tickets.side_policies import require_ticket, visible_side_conversation


def index(request: Request, ticket_id: int) -> Response:
    """All of a ticket, the latest first."""
    actor = staff_of(request)
    rows = side_rows(require_ticket(actor, ticket_id), actor)
    shapes = [side_shape(row.conversation, row.people, base_of(request)) for row in rows]
    return Response(
        {
            "side_conversations": shapes,
            "count": len(shapes),
            "next_page": None,
            "previous_page": None,
        }
    )


def create(request: Request, ticket_id: int) -> Response:
    """Begin one with its first message; `message` has `to`, `subject` and `body`."""
    actor = staff_of(request)
    values = read_body(request, "message", SideMessageInput)
    made = open_side_conversation(
        actor=actor, ticket_id=ticket_id, subject=values.get("subject", ""),
        message=_draft(actor, values), external_ids=_external_ids(request),
    )  # fmt: skip
    return _answer(request, side_thread(actor, made.uuid), status=201)


def show(request: Request, ticket_id: int, side_id: UUID) -> Response:
    return _answer(request, side_thread(staff_of(request), side_id, ticket_id))


def events(request: Request, ticket_id: int, side_id: UUID) -> Response:
    """Everything in it, oldest first."""
    found = side_thread(staff_of(request), side_id, ticket_id)
    shapes = [event_shape(event, found.conversation, base_of(request)) for event in found.events]
    return Response(
        {"events": shapes, "count": len(shapes), "next_page": None, "previous_page": None}
    )


def update(request: Request, ticket_id: int, side_id: UUID) -> Response:
    """`state` and `external_ids`; the rest of it is history."""
    actor = staff_of(request)
    visible_side_conversation(actor, side_id, ticket_id)
    values = read_body(request, "side_conversation", SideChangeInput)
    change_side_conversation(
        actor=actor, uuid=side_id, state=values.get("state"),
        external_ids=values.get("external_ids"),
    )  # fmt: skip
    return _answer(request, side_thread(actor, side_id))


def reply(request: Request, ticket_id: int, side_id: UUID) -> Response:
    """Write on in it; without `to`, to everybody who was written to before."""
    actor = staff_of(request)
    visible_side_conversation(actor, side_id, ticket_id)
    values = read_body(request, "message", SideMessageInput)
    reply_in_side_conversation(actor=actor, uuid=side_id, message=_draft(actor, values))
    return _answer(request, side_thread(actor, side_id), status=201)


def _answer(request: Request, found: SideThread, status: int = 200) -> Response:
    base = base_of(request)
    body = {"side_conversation": side_shape(found.conversation, found.people, base)}
    if status == 201:
        body["event"] = event_shape(found.events[-1], found.conversation, base)
    return Response(body, status=status)


def _draft(actor: Actor, values: Values) -> SideDraft:
    html = sanitize(values.get("html_body", ""))
    body = values.get("body", "")
    return SideDraft(
        body=body if body.strip() else to_text(html), html=html, to=_recipients(values),
        upload_ids=upload_ids(values.get("attachment_ids", ()), actor),
    )  # fmt: skip


def _recipients(values: Values) -> dict[str, str]:
    entries = values.get("to", ())
    numbers = {entry["user_id"] for entry in entries if entry.get("user_id")}
    known = User.objects.in_bulk(numbers) if numbers else {}
    found = {}
    for entry in entries:
        person = known.get(entry.get("user_id"))
        address = entry.get("email") or (person.email if person else "")
        if not address:
            raise ValidationError({"to": f"User {entry.get('user_id')} has no e-mail address."})
        found[address.strip().lower()] = entry.get("name", "")
    return found


def _external_ids(request: Request) -> dict[str, str]:
    given = request.data.get("external_ids") if isinstance(request.data, dict) else None
    reader = SideChangeInput(data={"external_ids": given or {}})
    reader.is_valid(raise_exception=True)
    return dict(reader.validated_data["external_ids"])

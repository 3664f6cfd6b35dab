"""Ticket fields: `/ticket_fields`."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actor import Actor
from api.bodies import Values, read_body
from api.doors import actor_of, base_of
from api.inputs.fields import FieldChangesInput, NewFieldInput
from api.pagination import paginated
from api.shapes.fields import field_shapes, option_shapes
from tickets.actions import (
    FieldDraft,
    activate_ticket_field,
    order_ticket_fields,
    remove_ticket_field,
    save_ticket_field,
)
from tickets.models import TicketField
from tickets.policies import may_see_internal


def index(request: Request) -> Response:
    return paginated(
        request, _visible(request), name="ticket_fields",
        sorts={"position": "position", "id": "id"}, default="position",
        render=lambda rows: field_shapes(rows, base_of(request)),
    )  # fmt: skip


def count(request: Request) -> Response:
    return Response({"count": {"value": _visible(request).count()}})


def show(request: Request, field_id: int) -> Response:
    return _one(request, get_object_or_404(_visible(request), pk=field_id))


def options(request: Request, field_id: int) -> Response:
    shapes = option_shapes(get_object_or_404(_visible(request), pk=field_id))
    return Response({"custom_field_options": shapes, "count": len(shapes),
                     "next_page": None, "previous_page": None})  # fmt: skip


@transaction.atomic
def create(request: Request) -> Response:
    values = read_body(request, "ticket_field", NewFieldInput)
    draft = _draft(values, TicketField(type=values["type"]))
    field = save_ticket_field(actor=actor_of(request), draft=draft)
    response = _one(request, _arrange(actor_of(request), field, values), status=201)
    response["Location"] = response.data["ticket_field"]["url"]
    return response


@transaction.atomic
def update(request: Request, field_id: int) -> Response:
    field = get_object_or_404(_visible(request), pk=field_id)
    values = read_body(request, "ticket_field", FieldChangesInput)
    draft = _draft(values, field)
    field = save_ticket_field(actor=actor_of(request), draft=draft, field_id=field_id)
    return _one(request, _arrange(actor_of(request), field, values))


def delete(request: Request, field_id: int) -> Response:
    get_object_or_404(_visible(request), pk=field_id)
    remove_ticket_field(actor=actor_of(request), field_id=field_id)
    return Response(status=204)


def _one(request: Request, field: TicketField, *, status: int = 200) -> Response:
    shape = field_shapes([field], base_of(request))[0]
    return Response({"ticket_field": shape}, status=status)


def _visible(request: Request) -> QuerySet[TicketField]:
    """Staff see all fields, customers those that are shown to them."""
    fields = TicketField.objects.all()
    if may_see_internal(actor_of(request)):
        return fields
    return fields.filter(is_active=True, is_visible_to_customers=True)


def _draft(values: Values, present: TicketField) -> FieldDraft:
    """What was said, over what is there."""
    options = values.get("custom_field_options")
    return FieldDraft(
        title=values.get("title", present.title), type=present.type,
        options=present.options if options is None else [each["name"] for each in options],
        description=values.get("description", present.description) or "",
        is_visible_to_customers=values.get("visible_in_portal", present.is_visible_to_customers),
        is_required_of_customers=values.get(
            "required_in_portal", present.is_required_of_customers
        ),
        is_required_to_solve=values.get("required", present.is_required_to_solve),
        pattern=values.get("regexp_for_validation", present.pattern) or "",
    )  # fmt: skip


def _arrange(actor: Actor, field: TicketField, values: Values) -> TicketField:
    """Its place and whether it is in use, where that was said."""
    if "position" in values:
        ids = TicketField.objects.exclude(pk=field.pk).order_by("position", "id")
        order = list(ids.values_list("pk", flat=True))
        order.insert(max(values["position"] - 1, 0), field.pk)
        order_ticket_fields(actor=actor, field_ids=order)
    if values.get("active", field.is_active) != field.is_active:
        activate_ticket_field(actor=actor, field_id=field.pk, is_active=values["active"])
    field.refresh_from_db()
    return field

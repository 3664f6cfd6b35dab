"""Ticket forms: `/ticket_forms`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actor import Actor
from api.bodies import Values, read_body
from api.doors import actor_of, base_of, staff_of
from api.errors import BadParameter
from api.inputs.fields import FormChangesInput, FormOrderInput, NewFormInput
from api.pagination import paginated
from api.shapes.fields import form_shapes
from tickets.actions import (
    ConditionDraft,
    FormDraft,
    activate_ticket_form,
    order_ticket_forms,
    remove_ticket_form,
    save_ticket_form,
)
from tickets.models import Audience, TicketForm
from tickets.policies import may_see_internal

SORTS = {"position": "position", "id": "id"}


def index(request: Request) -> Response:
    return _page(request, _visible(request))


def show_many(request: Request) -> Response:
    ids = request.query_params.get("ids", "").split(",")
    if not all(text.isdecimal() and len(text) < 19 for text in ids) or len(ids) > 100:
        raise BadParameter("ids is a list of at most 100 numbers.")
    return _page(request, _visible(request).filter(pk__in=[int(text) for text in ids]))


def show(request: Request, form_id: int) -> Response:
    return _one(request, get_object_or_404(_visible(request), pk=form_id))


@transaction.atomic
def create(request: Request) -> Response:
    values = read_body(request, "ticket_form", NewFormInput)
    form = save_ticket_form(actor=actor_of(request), draft=_draft(values, TicketForm()))
    form = _arrange(actor_of(request), form, values)
    response = _one(request, form, status=201)
    response["Location"] = response.data["ticket_form"]["url"]
    return response


@transaction.atomic
def update(request: Request, form_id: int) -> Response:
    form = get_object_or_404(_visible(request), pk=form_id)
    values = read_body(request, "ticket_form", FormChangesInput)
    actor = actor_of(request)
    if values.get("active"):  # before it may become the usual one
        form = activate_ticket_form(actor=actor, form_id=form_id, is_active=True)
    form = save_ticket_form(actor=actor, draft=_draft(values, form), form_id=form_id)
    return _one(request, _arrange(actor, form, values))


def delete(request: Request, form_id: int) -> Response:
    get_object_or_404(_visible(request), pk=form_id)
    remove_ticket_form(actor=actor_of(request), form_id=form_id)
    return Response(status=204)


@transaction.atomic
def clone(request: Request, form_id: int) -> Response:
    """A copy that is not the usual one; its name says that it is a copy."""
    form = get_object_or_404(_visible(request), pk=form_id)
    titles = set(TicketForm.objects.values_list("title", flat=True))
    names = (f"{form.title[:85]} copy {n}" for n in range(1, len(titles) + 2))
    values = {"name": next(name for name in names if name not in titles), "default": False}
    draft = _draft(values, form)
    return _one(request, save_ticket_form(actor=actor_of(request), draft=draft), status=201)


def reorder(request: Request) -> Response:
    """`{"ticket_form_ids": [2, 1]}`; those that are not named follow."""
    reader = FormOrderInput(data=request.data)
    reader.is_valid(raise_exception=True)
    order_ticket_forms(actor=staff_of(request), form_ids=reader.validated_data["ticket_form_ids"])
    return _page(request, _visible(request))


def _page(request: Request, forms: QuerySet[TicketForm]) -> Response:
    return paginated(
        request, forms, name="ticket_forms", sorts=SORTS, default="position",
        render=lambda rows: form_shapes(rows, base_of(request)),
    )  # fmt: skip


def _one(request: Request, form: TicketForm, *, status: int = 200) -> Response:
    return Response({"ticket_form": form_shapes([form], base_of(request))[0]}, status=status)


def _visible(request: Request) -> QuerySet[TicketForm]:
    """Staff see all forms, customers those that they may choose; `?active=true` narrows."""
    forms = TicketForm.objects.all()
    if not may_see_internal(actor_of(request)):
        forms = forms.filter(is_active=True, is_visible_to_customers=True)
    active = request.query_params.get("active", "")
    return forms.filter(is_active=active == "true") if active in ("true", "false") else forms


def _draft(values: Values, present: TicketForm) -> FormDraft:
    """What was said, over what is there."""
    places = present.places.order_by("position", "id") if present.pk else ()
    return FormDraft(
        title=values.get("name", present.title),
        field_ids=values.get("ticket_field_ids", [place.field_id for place in places]),
        customer_title=values.get("display_name", present.customer_title) or "",
        is_visible_to_customers=values.get("end_user_visible", present.is_visible_to_customers),
        is_default=values.get("default", present.is_default),
        conditions=_conditions(values, present),
    )  # fmt: skip


def _conditions(values: Values, present: TicketForm) -> list[ConditionDraft]:
    """Both lists of Zendesk's as one; a list that was not sent stays as it is."""
    kept = list(present.conditions.order_by("id")) if present.pk else []
    wanted: dict[tuple[int, str, int], dict[Audience, bool]] = {}
    for name, audience in (
        ("agent_conditions", Audience.AGENTS),
        ("end_user_conditions", Audience.CUSTOMERS),
    ):
        if name in values:
            said = _said(values[name])
        else:
            whom = (audience, Audience.EVERYBODY)
            said = [
                (c.parent_id, c.value, c.child_id, c.is_required)
                for c in kept if c.audience in whom
            ]  # fmt: skip
        for parent, value, child, is_required in said:
            wanted.setdefault((parent, value, child), {})[audience] = is_required
    return [draft for key, whom in wanted.items() for draft in _drafts(key, whom)]


def _drafts(key: tuple[int, str, int], whom: dict[Audience, bool]) -> list[ConditionDraft]:
    """One for everybody where both lists say the same, else one for each."""
    if len(whom) == 2 and len(set(whom.values())) == 1:
        return [ConditionDraft(*key, is_required=whom[Audience.AGENTS])]
    return [ConditionDraft(*key, is_required, audience) for audience, is_required in whom.items()]


def _said(given: Sequence[dict[str, Any]]) -> list[tuple[int, str, int, bool]]:
    return [
        (each["parent_field_id"], _text(each["value"]), child["id"], child["is_required"])
        for each in given
        for child in each["child_fields"]
    ]


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value or "")


def _arrange(actor: Actor, form: TicketForm, values: Values) -> TicketForm:
    """Its place and whether it is in use, where that was said."""
    if "position" in values:
        ids = TicketForm.objects.exclude(pk=form.pk).order_by("position", "id")
        order = list(ids.values_list("pk", flat=True))
        order.insert(max(values["position"] - 1, 0), form.pk)
        order_ticket_forms(actor=actor, form_ids=order)
    if values.get("active", form.is_active) != form.is_active:
        activate_ticket_form(actor=actor, form_id=form.pk, is_active=values["active"])
    form.refresh_from_db()
    return form

"""Triggers and their categories in Zendesk's shape; staff may read them, those who manage rules
write them.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.roles import Permission
from api.bodies import read_body
from api.doors import base_of, staff_of
from api.errors import BadParameter
from api.inputs.rules import CategoryInput, TriggerInput, TriggerOrderInput
from api.pagination import paginated
from api.shapes.rules import action_definitions, effect_of, field_definitions
from api.shapes.triggers import category_shapes, trigger_shapes
from macros.actions import (
    TriggerDraft,
    create_trigger,
    delete_trigger,
    order_triggers,
    save_category,
    update_trigger,
)
from macros.actions.categories import move_category, remove_category
from macros.effects import EFFECTS
from macros.models import RuleKind, Trigger, TriggerCategory
from tickets.conditions import Purpose
from tickets.conditions.offers import offers

_SORTS = {"position": "position", "id": "id", "created_at": "created_at",
          "updated_at": "updated_at", "title": "title"}  # fmt: skip


def index(request: Request) -> Response:
    staff_of(request)
    rows = Trigger.objects.all()
    if category := request.query_params.get("category_id"):
        rows = rows.filter(category=_number(category))
    if wanted := request.query_params.get("active"):
        rows = rows.filter(is_active=wanted == "true")
    return _page(request, rows)


def active(request: Request) -> Response:
    staff_of(request)
    return _page(request, Trigger.objects.filter(is_active=True))


def show(request: Request, trigger_id: int) -> Response:
    staff_of(request)
    return _one(request, get_object_or_404(Trigger, pk=trigger_id))


def create(request: Request) -> Response:
    actor = staff_of(request, Permission.MANAGE_RULES)
    draft = _draft(read_body(request, "trigger", TriggerInput), None)
    return _one(request, create_trigger(actor=actor, draft=draft), status=201)


@transaction.atomic
def update(request: Request, trigger_id: int) -> Response:
    """What is not named stays as it is."""
    actor = staff_of(request, Permission.MANAGE_RULES)
    present = get_object_or_404(Trigger.objects.select_for_update(), pk=trigger_id)
    values = read_body(request, "trigger", TriggerInput)
    updated = update_trigger(
        actor=actor, trigger_id=trigger_id, draft=_draft(values, present),
        expected_revision=values.get("revision"),
    )  # fmt: skip
    return _one(request, updated)


def delete(request: Request, trigger_id: int) -> Response:
    delete_trigger(actor=staff_of(request, Permission.MANAGE_RULES), trigger_id=trigger_id)
    return Response(status=204)


@transaction.atomic
def reorder(request: Request) -> Response:
    """`trigger_ids` in the order wanted; each category keeps its own triggers."""
    actor = staff_of(request, Permission.MANAGE_RULES)
    reader = TriggerOrderInput(data=request.data)
    reader.is_valid(raise_exception=True)
    ids = reader.validated_data["trigger_ids"]
    categories = dict(Trigger.objects.filter(pk__in=ids).values_list("pk", "category_id"))
    for category_id in dict.fromkeys(categories.values()):
        wanted = [pk for pk in ids if categories.get(pk) == category_id]
        order_triggers(actor=actor, category_id=category_id, trigger_ids=wanted)
    return _page(request, Trigger.objects.all())


def definitions(request: Request) -> Response:
    """What a trigger may ask and do: fields with their operators and values, actions."""
    fields = field_definitions(offers(Purpose.TRIGGER, staff_of(request)))
    shape = {
        "conditions_all": fields, "conditions_any": fields,
        "actions": action_definitions(
            effect for effect in EFFECTS.values() if RuleKind.TRIGGER in effect.kinds
        ),
    }  # fmt: skip
    return Response({"definitions": shape})


def categories(request: Request) -> Response:
    staff_of(request)
    return paginated(
        request, TriggerCategory.objects.all(), name="trigger_categories",
        sorts={"position": "position", "name": "name", "created_at": "created_at"},
        default="position", render=category_shapes,
    )  # fmt: skip


def category(request: Request, category_id: int) -> Response:
    staff_of(request)
    return _category(get_object_or_404(TriggerCategory, pk=category_id))


def create_category(request: Request) -> Response:
    actor = staff_of(request, Permission.MANAGE_RULES)
    values = read_body(request, "trigger_category", CategoryInput)
    return _category(save_category(actor=actor, name=values.get("name", "")), status=201)


@transaction.atomic
def update_category(request: Request, category_id: int) -> Response:
    actor = staff_of(request, Permission.MANAGE_RULES)
    present = get_object_or_404(TriggerCategory, pk=category_id)
    values = read_body(request, "trigger_category", CategoryInput)
    save_category(actor=actor, name=values.get("name", present.name), category_id=category_id)
    if "position" in values:
        by = values["position"] - present.position
        move_category(actor=actor, category_id=category_id, by=by)
    return _category(TriggerCategory.objects.get(pk=category_id))


def delete_category(request: Request, category_id: int) -> Response:
    remove_category(actor=staff_of(request, Permission.MANAGE_RULES), category_id=category_id)
    return Response(status=204)


def _page(request: Request, rows: Any) -> Response:
    return paginated(
        request, rows, name="triggers", sorts=_SORTS, default="position",
        render=lambda rows: trigger_shapes(rows, base_of(request)),
    )  # fmt: skip


def _one(request: Request, trigger: Trigger, status: int = 200) -> Response:
    shape = trigger_shapes([trigger], base_of(request))[0]
    return Response({"trigger": shape}, status=status)


def _category(row: TriggerCategory, status: int = 200) -> Response:
    return Response({"trigger_category": category_shapes([row])[0]}, status=status)


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 18:
        raise BadParameter("category_id is a number.")
    return int(text)


def _draft(values: dict[str, Any], present: Trigger | None) -> TriggerDraft:
    actions = values.get("actions")
    return TriggerDraft(
        title=values.get("title", present.title if present else ""),
        description=values.get("description", present.description if present else "") or "",
        is_active=values.get("active", present.is_active if present else True),
        category_id=values.get("category_id"),
        conditions=values.get("conditions", present.conditions if present else {}),
        effects=[effect_of(each) for each in actions] if actions is not None
        else present.effects if present else [],
    )  # fmt: skip

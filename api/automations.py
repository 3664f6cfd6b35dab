"""Automations in Zendesk's shape; staff may read them, those who manage rules write them."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.roles import Permission
from api.bodies import read_body
from api.doors import base_of, staff_of
from api.inputs.rules import RuleInput
from api.pagination import paginated
from api.shapes.rules import automation_shapes, effect_of
from macros.actions import (
    AutomationDraft,
    create_automation,
    delete_automation,
    update_automation,
)
from macros.models import Automation

_SORTS = {"position": "position", "id": "id", "created_at": "created_at",
          "updated_at": "updated_at", "title": "title"}  # fmt: skip


def index(request: Request) -> Response:
    staff_of(request)
    return _page(request, Automation.objects.all())


def active(request: Request) -> Response:
    staff_of(request)
    return _page(request, Automation.objects.filter(is_active=True))


def show(request: Request, automation_id: int) -> Response:
    staff_of(request)
    return _one(request, get_object_or_404(Automation, pk=automation_id))


def create(request: Request) -> Response:
    actor = staff_of(request, Permission.MANAGE_RULES)
    draft = _draft(read_body(request, "automation", RuleInput), None)
    return _one(request, create_automation(actor=actor, draft=draft), status=201)


@transaction.atomic
def update(request: Request, automation_id: int) -> Response:
    """What is not named stays as it is."""
    actor = staff_of(request, Permission.MANAGE_RULES)
    present = get_object_or_404(Automation.objects.select_for_update(), pk=automation_id)
    values = read_body(request, "automation", RuleInput)
    updated = update_automation(
        actor=actor, automation_id=automation_id, draft=_draft(values, present),
        expected_revision=values.get("revision"),
    )  # fmt: skip
    return _one(request, updated)


def delete(request: Request, automation_id: int) -> Response:
    actor = staff_of(request, Permission.MANAGE_RULES)
    get_object_or_404(Automation, pk=automation_id)
    delete_automation(actor=actor, automation_id=automation_id)
    return Response(status=204)


def _page(request: Request, rows: Any) -> Response:
    return paginated(
        request, rows, name="automations", sorts=_SORTS, default="position",
        render=lambda rows: automation_shapes(rows, base_of(request)),
    )  # fmt: skip


def _one(request: Request, automation: Automation, status: int = 200) -> Response:
    shape = automation_shapes([automation], base_of(request))[0]
    return Response({"automation": shape}, status=status)


def _draft(values: dict[str, Any], present: Automation | None) -> AutomationDraft:
    actions = values.get("actions")
    return AutomationDraft(
        title=values.get("title", present.title if present else ""),
        description=values.get("description", present.description if present else "") or "",
        is_active=values.get("active", present.is_active if present else True),
        conditions=values.get("conditions", present.conditions if present else {}),
        effects=[effect_of(each) for each in actions] if actions is not None
        else present.effects if present else [],
    )  # fmt: skip

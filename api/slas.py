"""SLA policies in Zendesk's shape; staff may read them, those who manage rules write them."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actor import Actor
from accounts.roles import Permission
from api.bodies import Values, read_body
from api.doors import actor_of, base_of, staff_of
from api.inputs.slas import PolicyInput, PolicyOrderInput
from api.pagination import paginated
from api.shapes.slas import SETTINGS, filter_definitions, policy_shapes, promise_shapes
from macros.actions import (
    SlaPolicyDraft,
    create_sla_policy,
    delete_sla_policy,
    order_sla_policies,
    update_sla_policy,
)
from macros.models import SlaPolicy
from macros.selectors.sla import standings_of
from tickets.conditions import Purpose
from tickets.conditions.offers import offers
from tickets.policies import visible_ticket

_SORTS = {"position": "position", "id": "id", "title": "title", "created_at": "created_at",
          "updated_at": "updated_at"}  # fmt: skip


def index(request: Request) -> Response:
    staff_of(request)
    return _page(request)


def show(request: Request, policy_id: int) -> Response:
    staff_of(request)
    return _one(request, get_object_or_404(SlaPolicy, pk=policy_id))


@transaction.atomic
def create(request: Request) -> Response:
    """At `position`, else at the end."""
    actor = staff_of(request, Permission.MANAGE_RULES)
    values = read_body(request, "sla_policy", PolicyInput)
    policy = create_sla_policy(actor=actor, draft=_draft(values, None))
    return _one(request, _placed(actor, policy, values), status=201)


@transaction.atomic
def update(request: Request, policy_id: int) -> Response:
    """What is not named stays as it is."""
    actor = staff_of(request, Permission.MANAGE_RULES)
    present = get_object_or_404(SlaPolicy.objects.select_for_update(), pk=policy_id)
    values = read_body(request, "sla_policy", PolicyInput)
    policy = update_sla_policy(actor=actor, policy_id=policy_id, draft=_draft(values, present))
    return _one(request, _placed(actor, policy, values))


def delete(request: Request, policy_id: int) -> Response:
    delete_sla_policy(actor=staff_of(request, Permission.MANAGE_RULES), policy_id=policy_id)
    return Response(status=204)


def reorder(request: Request) -> Response:
    """`sla_policy_ids` in the order wanted, in the body or as Zendesk's query parameter."""
    actor = staff_of(request, Permission.MANAGE_RULES)
    asked = request.query_params
    listed = asked.getlist("sla_policy_ids[]") or asked.get("sla_policy_ids", "").split(",")
    named = {"sla_policy_ids": listed} if any(listed) else request.data
    reader = PolicyOrderInput(data=named)
    reader.is_valid(raise_exception=True)
    order_sla_policies(actor=actor, policy_ids=reader.validated_data["sla_policy_ids"])
    return _page(request)


def definitions(request: Request) -> Response:
    """What a filter may ask: fields with their operators and values."""
    fields = filter_definitions(offers(Purpose.SLA, staff_of(request)))
    return Response({"definitions": {"all": fields, "any": fields}})


def of_ticket(request: Request, ticket_id: int) -> Response:
    """What is promised on one ticket."""
    staff_of(request)
    ticket = visible_ticket(actor_of(request), ticket_id)
    shapes = promise_shapes(standings_of([ticket]).get(ticket.pk, []))
    return Response({"policy_metrics": shapes})


def _page(request: Request) -> Response:
    return paginated(
        request, SlaPolicy.objects.all(), name="sla_policies", sorts=_SORTS, default="position",
        render=lambda rows: policy_shapes(rows, base_of(request)),
    )  # fmt: skip


def _one(request: Request, policy: SlaPolicy, status: int = 200) -> Response:
    shape = policy_shapes([policy], base_of(request))[0]
    return Response({"sla_policy": shape}, status=status)


def _placed(actor: Actor, policy: SlaPolicy, values: Values) -> SlaPolicy:
    """The policy at the position that was asked for, if one was."""
    ids = list(SlaPolicy.objects.order_by("position", "id").values_list("pk", flat=True))
    if "position" not in values or ids.index(policy.pk) == values["position"] - 1:
        return policy
    ids.remove(policy.pk)
    ids.insert(values["position"] - 1, policy.pk)
    order_sla_policies(actor=actor, policy_ids=ids)
    return SlaPolicy.objects.get(pk=policy.pk)


def _draft(values: Values, present: SlaPolicy | None) -> SlaPolicyDraft:
    named: dict[str, Any] = {
        ours: values[theirs]
        for theirs, ours in (
            ("title", "title"), ("active", "is_active"), ("filter", "conditions"),
            ("policy_metrics", "targets"), ("schedule_id", "schedule_id"),
            ("warnings", "warnings"),
        )
        if theirs in values
    }  # fmt: skip
    if "description" in values:
        named["description"] = values["description"] or ""
    if "metric_settings" in values:
        before = present.settings if present else {}
        named["settings"] = {**before, **_switches(values["metric_settings"])}
    if present is None:
        return SlaPolicyDraft(**{"title": "", "conditions": {}, "targets": [], **named})
    kept = {name: getattr(present, name) for name in SlaPolicyDraft.__dataclass_fields__}
    return SlaPolicyDraft(**{**kept, **named})


def _switches(settings: dict[str, dict[str, bool]]) -> dict[str, bool]:
    """Our switches by Zendesk's names. Raises ValidationError for one that we do not have."""
    found: dict[str, bool] = {}
    for metric, values in settings.items():
        for theirs, is_on in values.items():
            ours = SETTINGS.get(metric, {}).get(theirs, "")
            if ours:
                found[ours] = is_on
            elif is_on:
                raise ValidationError(
                    {"metric_settings": [f"{metric}.{theirs} cannot be switched on here."]}
                )
    return found

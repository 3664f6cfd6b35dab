"""Webhooks for those who manage channels. A secret is told when it is made, and never again."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actor import Actor
from accounts.roles import Permission
from api.bodies import Values, read_body
from api.doors import base_of, staff_of
from api.inputs.webhooks import WebhookInput
from api.pagination import paginated
from api.shapes.webhooks import invocation_shapes, webhook_shapes
from macros.actions.webhooks import (
    create_webhook,
    delete_webhook,
    renew_secret,
    update_webhook,
)
from macros.models import Webhook, WebhookInvocation


def index(request: Request) -> Response:
    _staff(request)
    return paginated(
        request, Webhook.objects.all(), name="webhooks",
        sorts={"name": "name", "id": "id", "created_at": "created_at"}, default="name",
        render=lambda rows: webhook_shapes(rows, base_of(request)),
    )  # fmt: skip


def show(request: Request, webhook_id: int) -> Response:
    _staff(request)
    return _one(request, get_object_or_404(Webhook, pk=webhook_id))


def create(request: Request) -> Response:
    actor, values = _staff(request), _values(request)
    webhook, secret = create_webhook(
        actor=actor, name=values.get("name", ""), url=values.get("endpoint", "")
    )
    return _one(request, webhook, status=201, secret=secret)


def update(request: Request, webhook_id: int) -> Response:
    """What is not named stays as it is."""
    actor, values = _staff(request), _values(request)
    webhook = update_webhook(
        actor=actor, webhook_id=webhook_id, name=values.get("name"), url=values.get("endpoint"),
        is_active=values["status"] == "active" if "status" in values else None,
    )  # fmt: skip
    return _one(request, webhook)


def delete(request: Request, webhook_id: int) -> Response:
    delete_webhook(actor=_staff(request), webhook_id=webhook_id)
    return Response(status=204)


def renew(request: Request, webhook_id: int) -> Response:
    """A new signing secret; the one before signs beside it until the next one."""
    secret = renew_secret(actor=_staff(request), webhook_id=webhook_id)
    return Response({"signing_secret": _secret(secret)}, status=201)


def invocations(request: Request, webhook_id: int) -> Response:
    _staff(request)
    rows = WebhookInvocation.objects.filter(webhook=get_object_or_404(Webhook, pk=webhook_id))
    return paginated(
        request, rows, name="invocations", sorts={"created_at": "created_at"},
        default="-created_at", render=invocation_shapes,
    )  # fmt: skip


def _staff(request: Request) -> Actor:
    return staff_of(request, Permission.MANAGE_CHANNELS)


def _values(request: Request) -> Values:
    return read_body(request, "webhook", WebhookInput)


def _one(request: Request, webhook: Webhook, *, status: int = 200, secret: str = "") -> Response:
    shape = webhook_shapes([webhook], base_of(request))[0]
    if secret:
        shape["signing_secret"] = _secret(secret)
    return Response({"webhook": shape}, status=status)


def _secret(secret: str) -> dict[str, str]:
    return {"algorithm": "SHA256", "secret": secret}

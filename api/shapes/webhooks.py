"""Webhooks and the log of their calls as Zendesk's objects; secrets are in neither."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from api.shapes.times import stamp
from macros.models import Webhook, WebhookInvocation


def webhook_shapes(webhooks: Sequence[Webhook], base: str) -> list[dict[str, Any]]:
    return [
        {
            "id": str(webhook.pk),
            "url": f"{base}/webhooks/{webhook.pk}.json",
            "name": webhook.name,
            "status": "active" if webhook.is_active else "inactive",
            "endpoint": webhook.url,
            "http_method": "POST",
            "request_format": "json",
            "subscriptions": ["conditional_ticket_events"],
            "paused_until": stamp(webhook.paused_until),
            "created_by": str(webhook.created_by_id or ""),
            "created_at": stamp(webhook.created_at),
            "updated_by": str(webhook.updated_by_id or ""),
            "updated_at": stamp(webhook.updated_at),
        }
        for webhook in webhooks
    ]


def invocation_shapes(invocations: Sequence[WebhookInvocation]) -> list[dict[str, Any]]:
    return [
        {
            "id": invocation.message_id,
            "webhook_id": str(invocation.webhook_id),
            "ticket_id": invocation.ticket_id,
            "status": invocation.state,
            "cause": invocation.cause,
            "attempts": invocation.attempts,
            "response": invocation.response,
            "latest_completed_at": stamp(invocation.ended_at),
            "created_at": stamp(invocation.created_at),
        }
        for invocation in invocations
    ]

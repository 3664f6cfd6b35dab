"""Webhooks: how each is doing, its log, and a test call with the answer it gets."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core import clock
from macros.errors import InvalidRule
from macros.models import Webhook
from macros.selectors.webhooks import (
    LATEST,
    calls_of,
    rules_calling,
    webhook_with_health,
    webhooks_with_health,
)
from macros.webhooks import send_test
from web.access import SignedInRequest
from web.admin.access import is_guided, settings_page
from web.admin.rules.presenting import rule_links
from web.admin.webhooks.steps import steps
from web.admin.webhooks.words import STATES, call_row

TICKS = 30  # latest calls that the list draws


@require_safe
@settings_page
def index(request: SignedInRequest) -> HttpResponse:
    """All webhooks with their health."""
    rows = [
        {"health": row, "webhook": row.webhook, "pill": STATES[row.state],
         "ticks": [*reversed(row.latest[:TICKS])]}
        for row in webhooks_with_health(request.actor)
    ]  # fmt: skip
    return render(request, "admin/webhooks/index.html", {"rows": rows, "limit": LATEST})


@require_safe
@settings_page
def show(request: SignedInRequest, webhook_id: int) -> HttpResponse:
    """One webhook: its health, the rules that call it, its latest calls."""
    health = webhook_with_health(request.actor, webhook_id)
    state = request.GET.get("state", "")
    page = calls_of(
        request.actor, health.webhook, state=state, cursor=request.GET.get("cursor", "")
    )
    context: dict[str, Any] = {
        "page": page, "rows": [call_row(call) for call in page.rows], "chosen": state,
        "uses": rule_links(rules_calling(health.webhook)), "limit": LATEST,
        "states": (("", _("All")), ("failed", _("Failed")), ("waiting", _("Waiting")),
                   ("delivered", _("Delivered"))),
    }  # fmt: skip
    return webhook_page(request, health.webhook, "show", pill=STATES[health.state],
                        health=health, **context)  # fmt: skip


@require_http_methods(["GET", "POST"])
@settings_page
def test(request: SignedInRequest, webhook_id: int) -> HttpResponse:
    """Call the receiver now and show its answer."""
    webhook = webhook_with_health(request.actor, webhook_id).webhook
    body, error, row = request.POST.get("body", ""), "", None
    if request.method == "POST":
        try:
            call = send_test(actor=request.actor, webhook_id=webhook_id, body=body)
            row = call_row(call)
        except InvalidRule as refused:
            error = str(refused)
    context = {
        "body": body or _sample(webhook), "error": error, "row": row, "guided": is_guided(request),
        "steps": steps("test") if is_guided(request) else [],
    }  # fmt: skip
    return webhook_page(request, webhook, "test", status=422 if error else 200, **context)


def webhook_page(
    request: SignedInRequest, webhook: Webhook, tab: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page about one webhook, under its head with tabs."""
    frame = {"webhook": webhook, "tab": tab}
    template = f"admin/webhooks/{tab}.html"
    return render(request, template, {**frame, **context}, status=status)


def _sample(webhook: Webhook) -> str:
    return json.dumps(
        {
            "type": "test",
            "webhook": webhook.name,
            "text": _("This is a test call of the help desk."),
            "at": clock.now().isoformat(timespec="seconds"),
        },
        indent=2, ensure_ascii=False,
    )  # fmt: skip

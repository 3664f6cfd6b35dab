"""The live test: a message of ours goes out and has to come in again."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from channels_in.email.live_test import (
    WAIT_SECONDS,
    NotSent,
    goes_to_own_listener,
    read_token,
    send_test_message,
)
from channels_in.health import account_for, arrival_of_test, health_of
from core import clock
from web.access import SignedInRequest
from web.admin.access import account_page, is_guided, settings_page


@require_http_methods(["GET", "POST"])
@settings_page
def start(request: SignedInRequest, account_id: int) -> HttpResponse:
    """What the test does, and its button; a message that cannot be sent says why."""
    row = health_of(request.actor, account_id)
    refusal = ""
    if request.method == "POST":
        try:
            token = send_test_message(row.account)
            url = reverse("admin:test_run", args=[account_id, token])
            return redirect(url + ("?guided=1" if is_guided(request) else ""))
        except NotSent as error:
            refusal = str(error)
    return account_page(
        request, account_id, "admin/channels/test.html", tab="test", row=row, refusal=refusal,
        is_own_listener=goes_to_own_listener(row.account), status=422 if refusal else 200,
    )  # fmt: skip


@require_safe
@settings_page
def wait(request: SignedInRequest, account_id: int, token: str) -> HttpResponse:
    """How far the message is; the page asks for the fragment every second."""
    run = read_token(token)
    if run is None or run.account_id != account_id:
        raise Http404
    arrived_at = arrival_of_test(request.actor, account_id, token)
    passed = max(0.0, ((arrived_at or clock.now()) - run.started_at).total_seconds())
    context: dict[str, Any] = {
        "token": token,
        "arrived_at": arrived_at,
        "seconds": f"{passed:.0f}" if passed >= 9.5 else f"{passed:.1f}",
        "is_over": arrived_at is None and passed > WAIT_SECONDS,
    }
    if request.htmx:
        context["account"] = account_for(request.actor, account_id)
        return render(request, "admin/channels/_test_run.html", context)
    row = health_of(request.actor, account_id)
    own = goes_to_own_listener(row.account)
    return account_page(
        request, account_id, "admin/channels/test.html", tab="test", row=row, is_own_listener=own,
        **context,
    )  # fmt: skip

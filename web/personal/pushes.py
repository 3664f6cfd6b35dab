"""Messages of the browser: switched on and off in each one, and tried."""

from __future__ import annotations

import json

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.roles import Permission
from notifications.actions import subscribe, unsubscribe
from notifications.actions.pushing import NotASubscription
from notifications.models import PushSubscription
from web import devices, limits
from web.access import SignedInRequest, workspace
from web.notifications.push import Outcome, send_test

TESTS, WINDOW = 10, 600


@require_http_methods(["GET", "POST", "DELETE"])
@workspace(Permission.USE_WORKSPACE)
def subscriptions(request: SignedInRequest) -> HttpResponse:
    """GET: whether this browser's address (`?endpoint=`) is known; POST and DELETE change that."""
    if request.method == "GET":
        own = PushSubscription.objects.filter(user=request.user)
        known = own.filter(endpoint=request.GET.get("endpoint", "")).exists()
        return JsonResponse({"known": known})
    try:
        sent = json.loads(request.body)
        endpoint = str(sent["endpoint"])
        if request.method == "DELETE":
            unsubscribe(actor=request.actor, endpoint=endpoint)
        else:
            keys = sent["keys"]
            subscribe(
                actor=request.actor, device=devices.of(request), endpoint=endpoint,
                p256dh=str(keys["p256dh"]), auth=str(keys["auth"]),
            )  # fmt: skip
    except (ValueError, KeyError, TypeError) as error:
        why = str(error) if isinstance(error, NotASubscription) else _("This cannot be read.")
        return JsonResponse({"error": why}, status=422)
    return HttpResponse(status=204)


@require_POST
@workspace(Permission.USE_WORKSPACE)
def test(request: SignedInRequest) -> HttpResponse:
    """Push a word to this browser now, and say what its push service answers."""
    if not limits.take("push-test", str(request.user.pk), limit=TESTS, seconds=WINDOW):
        return JsonResponse({"error": _("Too many tests. Wait ten minutes.")}, status=429)
    row = PushSubscription.objects.filter(user=request.user, device=devices.of(request)).first()
    if row is None:
        return JsonResponse({"error": _("This browser is not switched on yet.")}, status=409)
    if send_test(row) != Outcome.SENT:
        return JsonResponse(
            {"error": _("The browser's push service did not take the message.")}, status=502
        )
    return JsonResponse({"said": _("Sent. It should appear in a moment.")})

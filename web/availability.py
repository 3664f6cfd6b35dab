"""The agent's own word about taking tickets, one click in the rail's menu."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.roles import Permission
from macros.actions import InvalidRule, set_automatic, set_availability
from web.access import SignedInRequest, workspace


@require_POST
@workspace(Permission.REPLY_PUBLICLY)
def availability(request: SignedInRequest) -> HttpResponse:
    """Choose online, away or offline, or whether a lost connection decides; then go back."""
    try:
        if "automatic" in request.POST:
            is_automatic = request.POST["automatic"] == "1"
            set_automatic(actor=request.actor, is_automatic=is_automatic)
        else:
            set_availability(actor=request.actor, chosen=request.POST.get("availability", ""))
    except InvalidRule as error:
        raise BadRequest(str(error)) from error
    back = request.POST.get("next", "")
    is_safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if is_safe else "home")

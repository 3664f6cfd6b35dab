"""Where the reader is signed in."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.actions import end_device, end_other_devices
from accounts.errors import DeviceGone
from accounts.models import Device
from accounts.roles import Permission
from accounts.selectors import living_devices
from web import devices
from web.access import SignedInRequest, workspace
from web.personal.browsers import Browser, browser_of


@dataclass(frozen=True, slots=True)
class Row:
    device: Device
    browser: Browser
    is_this: bool


@require_safe
@workspace(Permission.USE_WORKSPACE)
def index(request: SignedInRequest) -> HttpResponse:
    """Every browser, this one first."""
    this = devices.of(request)
    rows = [
        Row(device, browser_of(device.user_agent), device.pk == this.pk)
        for device in living_devices(request.user)
    ]
    rows.sort(key=lambda row: not row.is_this)
    return render(request, "personal/sessions.html", {"rows": rows, "others": len(rows) - 1})


@require_POST
@workspace(Permission.USE_WORKSPACE)
def end(request: SignedInRequest, device_id: int) -> HttpResponse:
    try:
        end_device(actor=request.actor, device_id=device_id)
    except DeviceGone as error:
        raise Http404 from error
    messages.success(request, _("That browser is signed out."))
    return redirect("personal:sessions")


@require_POST
@workspace(Permission.USE_WORKSPACE)
def end_others(request: SignedInRequest) -> HttpResponse:
    n = end_other_devices(actor=request.actor, session_key=request.session.session_key or "")
    words = ngettext("%(n)d browser is signed out.", "%(n)d browsers are signed out.", n)
    messages.success(request, words % {"n": n})
    return redirect("personal:sessions")

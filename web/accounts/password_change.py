from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from web import devices, limits
from web.access import SignedInRequest, signed_in
from web.accounts.forms import ChangePasswordForm

ATTEMPTS, WINDOW = 10, 900  # seconds


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def change(request: SignedInRequest) -> HttpResponse:
    """Choose another password; this session goes on under a new key, all others end (attack 39)."""
    form = ChangePasswordForm(request.user, request.POST or None)
    if not form.is_bound:
        return render(request, "password/change.html", {"form": form})
    if not limits.take("password-change", str(request.user.pk), limit=ATTEMPTS, seconds=WINDOW):
        form.add_error(None, _("Too many attempts. Wait a quarter of an hour, then try again."))
        return render(request, "password/change.html", {"form": form}, status=429)
    if not form.is_valid():
        return render(request, "password/change.html", {"form": form}, status=422)
    update_session_auth_hash(request, form.save())
    devices.note(request)
    messages.success(request, _("Your password is changed. Other devices were signed out."))
    return redirect("home")

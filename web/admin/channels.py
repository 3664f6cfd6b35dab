"""The e-mail addresses of the help desk: their list, and the first step of adding one."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Permission
from channels_in.actions import create_account
from channels_in.health import health_of_accounts
from tickets.errors import InvalidChange
from web.access import SignedInRequest, workspace
from web.admin.access import address_of, settings_page, steps
from web.admin.forms import AddressForm, as_number


@require_safe
@workspace()
def home(request: SignedInRequest) -> HttpResponse:
    """The first of the settings that the person may see."""
    if request.actor.can(Permission.MANAGE_CHANNELS):
        return redirect("admin:channels")
    if request.actor.can(Permission.MANAGE_RULES):
        return redirect("admin:triggers")
    raise PermissionDenied


@require_safe
@settings_page
def index(request: SignedInRequest) -> HttpResponse:
    """Every address with its health."""
    rows = health_of_accounts(request.actor)
    return render(request, "admin/channels/index.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@settings_page
def new(request: SignedInRequest) -> HttpResponse:
    """Step one of the guide: which address, under which name, for whom."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = create_account(
                actor=request.actor, address=form.cleaned_data["address"],
                name=form.cleaned_data["name"], group_id=as_number(form.cleaned_data["group"]),
            )  # fmt: skip
            return redirect(address_of("incoming", account.pk, guided=True))
        except InvalidChange as error:
            form.refuse(error)
    context = {"form": form, "steps": steps("details"), "guided": True}
    status = 422 if request.method == "POST" else 200
    return render(request, "admin/channels/new.html", context, status=status)

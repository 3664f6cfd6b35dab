"""Small decisions about an address: the default one, off and on, gone, and "try now"."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from channels_in.actions import (
    activate_account,
    deactivate_account,
    make_default,
    remove_account,
    retry_account,
)
from tickets.errors import InvalidChange
from web.access import SignedInRequest
from web.admin.access import settings_page


@require_POST
@settings_page
def default(request: SignedInRequest, account_id: int) -> HttpResponse:
    """Make an address the one for all that belongs to no other."""
    try:
        account = make_default(actor=request.actor, account_id=account_id)
        messages.success(
            request, _("%(address)s is the default now.") % {"address": account.address}
        )
    except InvalidChange as error:
        messages.error(request, str(error))
    return redirect("admin:details", account_id)


@require_POST
@settings_page
def activation(request: SignedInRequest, account_id: int) -> HttpResponse:
    """Switch an address on or off."""
    try:
        if request.POST.get("active") == "1":
            activate_account(actor=request.actor, account_id=account_id)
            messages.success(request, _("Mail is taken here again."))
        else:
            deactivate_account(actor=request.actor, account_id=account_id)
            messages.success(request, _("The address is switched off."))
    except InvalidChange as error:
        messages.error(request, str(error))
    return redirect("admin:details", account_id)


@require_POST
@settings_page
def removal(request: SignedInRequest, account_id: int) -> HttpResponse:
    """Remove an address that never got mail."""
    try:
        remove_account(actor=request.actor, account_id=account_id)
    except InvalidChange as error:
        messages.error(request, str(error))
        return redirect("admin:details", account_id)
    messages.success(request, _("The address was removed."))
    return redirect("admin:channels")


@require_POST
@settings_page
def attempts(request: SignedInRequest, account_id: int) -> HttpResponse:
    """Look into the mailboxes and let the sender knock now, not when it is their turn."""
    retry_account(actor=request.actor, account_id=account_id)
    messages.success(request, _("It is tried again now."))
    return redirect("admin:channel", account_id)

"""Signatures of the domain (DKIM): a key, the DNS record that belongs to it, and whether it is
there.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from channels_in.actions import set_dkim
from channels_in.email.sending.dkim import check_dkim, key_of, make_dkim_key, record_of
from channels_in.email.sending.errors import RouteTrouble
from channels_in.health import Health, health_of
from tickets.errors import InvalidChange
from web.access import SignedInRequest
from web.admin.access import account_page, settings_page

SELECTOR = "helpdesk"


@require_http_methods(["GET", "POST"])
@settings_page
def edit(request: SignedInRequest, account_id: int) -> HttpResponse:
    """The record to publish; `?check=1` asks the DNS; POST makes a key or signs no more."""
    row = health_of(request.actor, account_id)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            _change(request, account_id)
            return redirect("admin:dkim", account_id)
        except InvalidChange as error:
            errors[error.field] = str(error)
    checked = None
    if request.GET.get("check") == "1" and row.outgoing:
        checked = check_dkim(row.outgoing)
    return account_page(
        request, account_id, "admin/channels/dkim.html", tab="outgoing", row=row,
        record=_record(row), checked=checked, errors=errors, typed=request.POST,
        domain=row.account.address.rpartition("@")[2], selector=SELECTOR,
        status=422 if errors else 200,
    )  # fmt: skip


def _change(request: SignedInRequest, account_id: int) -> None:
    """Raises InvalidChange."""
    if request.POST.get("submit") == "remove":
        set_dkim(actor=request.actor, account_id=account_id, domain="", selector="", pem="")
        messages.success(request, _("Mail from here is not signed any more."))
        return
    pem, _record_text = make_dkim_key()
    set_dkim(
        actor=request.actor, account_id=account_id, pem=pem,
        domain=request.POST.get("domain", "")[:253],
        selector=request.POST.get("selector", "")[:63],
    )  # fmt: skip
    messages.success(request, _("A new key was made. Publish its record now."))


def _record(row: Health) -> dict[str, str] | None:
    """Name and text of the TXT record; None without a key that can be read."""
    try:
        key = key_of(row.outgoing)
    except RouteTrouble:
        return None
    if key is None:
        return None
    return {"name": f"{key.selector}._domainkey.{key.domain}", "text": record_of(key.pem)}

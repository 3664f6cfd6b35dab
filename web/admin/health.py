"""How one address is doing: its latest messages in and out, and what waits or failed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from channels_in.actions import ItemGone, retry_item
from channels_in.health import health_of, latest_deliveries, latest_items
from web.access import SignedInRequest
from web.admin.access import account_page, settings_page
from web.admin.words import delivery_rows, item_rows


@require_safe
@settings_page
def show(request: SignedInRequest, account_id: int) -> HttpResponse:
    """The state of an address, its latest 20 messages in and its latest 20 out."""
    row = health_of(request.actor, account_id)
    return account_page(
        request, account_id, "admin/channels/show.html", tab="channel", row=row,
        items=item_rows(latest_items(request.actor, account_id)),
        deliveries=delivery_rows(latest_deliveries(request.actor, row.account)),
    )  # fmt: skip


@require_POST
@settings_page
def retry(request: SignedInRequest, item_id: int) -> HttpResponse:
    """Process a failed message again."""
    try:
        item = retry_item(actor=request.actor, item_id=item_id)
    except ItemGone:
        messages.info(request, _("This message was processed meanwhile."))
        return redirect("admin:channels")
    messages.success(request, _("The message is processed again now."))
    return redirect("admin:channel", item.account_id)

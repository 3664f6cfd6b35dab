"""One call of a webhook: what was sent, what came back, once more."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from macros.actions.webhooks import retry_call
from macros.errors import InvalidRule
from macros.selectors.webhooks import call_for
from web.access import SignedInRequest
from web.admin.access import settings_page
from web.admin.webhooks.pages import webhook_page
from web.admin.webhooks.words import call_row, readable


@require_safe
@settings_page
def show(request: SignedInRequest, invocation_id: int) -> HttpResponse:
    """A call with its attempts, its body and the answer."""
    call = call_for(request.actor, invocation_id)
    return webhook_page(request, call.webhook, "call", row=call_row(call), body=readable(call.body))


@require_POST
@settings_page
def retry(request: SignedInRequest, invocation_id: int) -> HttpResponse:
    """Send a call that failed once more."""
    try:
        retry_call(actor=request.actor, invocation_id=invocation_id)
        messages.success(request, _("The call is sent again now."))
    except InvalidRule as error:
        messages.error(request, str(error))
    return redirect("admin:webhook_call", invocation_id)

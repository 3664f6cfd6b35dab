"""Asking a network once more for a file that was given up."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from accounts.roles import Permission
from channels_in.actions.awaited_files import retry_awaited_file
from web.access import SignedInRequest, workspace


@require_POST
@workspace(Permission.EDIT_TICKETS)
def again(request: SignedInRequest, awaited_id: int) -> HttpResponse:
    """The file is fetched soon; the page hears of it."""
    retry_awaited_file(actor=request.actor, file_id=awaited_id)
    return HttpResponse(status=204, headers={"HX-Trigger": "ticket-saved"})

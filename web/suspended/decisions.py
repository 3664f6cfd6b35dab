"""What people decide about suspended messages: let them through, or delete them."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.roles import Permission
from channels_in.actions import block_item, delete_item, recover_item
from channels_in.selectors import PAGE_SIZE
from tickets.errors import TicketError
from web.access import SignedInRequest, workspace


@require_POST
@workspace(Permission.HANDLE_SUSPENDED)
def recover(request: SignedInRequest) -> HttpResponse:
    """Let the chosen messages through; each becomes a ticket or a comment on one.

    With `trust` their senders are let through from now on; `virus` accepts one in the message.
    """
    trusts = request.POST.get("trust") == "1"
    accepts = request.POST.get("virus") == "1"
    done = _each(
        request,
        lambda pk: recover_item(
            actor=request.actor, item_id=pk, trusts_sender=trusts, accepts_virus=accepts
        ),
    )
    if done:
        text = ngettext("%(n)d message was recovered.", "%(n)d messages were recovered.", done)
        messages.success(request, text % {"n": done})
    return _back(request)


@require_POST
@workspace(Permission.HANDLE_SUSPENDED)
def block(request: SignedInRequest) -> HttpResponse:
    """Delete the chosen messages, and suspend what their senders write from now on."""
    done = _each(request, lambda pk: block_item(actor=request.actor, item_id=pk))
    if done:
        text = ngettext(
            "%(n)d message was deleted, its sender is blocked.",
            "%(n)d messages were deleted, their senders are blocked.", done,
        )  # fmt: skip
        messages.success(request, text % {"n": done})
    return _back(request)


@require_POST
@workspace(Permission.HANDLE_SUSPENDED)
def delete(request: SignedInRequest) -> HttpResponse:
    """Take the chosen messages out of the queue."""
    done = _each(request, lambda pk: delete_item(actor=request.actor, item_id=pk))
    if done:
        text = ngettext("%(n)d message was deleted.", "%(n)d messages were deleted.", done)
        messages.success(request, text % {"n": done})
    return _back(request)


def _back(request: SignedInRequest) -> HttpResponse:
    """To the list as it was chosen."""
    chosen = {name: text for name in ("reason", "q") if (text := request.POST.get(name, ""))}
    query = f"?{urlencode(chosen)}" if chosen else ""
    return redirect(reverse("suspended:index") + query)


def _each(request: SignedInRequest, decide: Callable[[int], object]) -> int:
    """Decide one by one, each in its own transaction; what is refused is said, once a cause."""
    chosen = [pk for pk in request.POST.getlist("item") if pk.isdecimal() and len(pk) < 19]
    if not chosen:
        messages.error(request, _("Choose at least one message."))
    done, refusals = 0, []
    for pk in chosen[:PAGE_SIZE]:
        try:
            decide(int(pk))
        except TicketError as error:
            refusals.append(str(error))
        else:
            done += 1
    for refusal in dict.fromkeys(refusals):
        messages.error(request, refusal)
    return done

"""The suspended queue: messages that came in and that something spoke against."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from channels_in.models import InboundItem
from channels_in.reasons import SHORT_NAMES, Reason
from channels_in.selectors import (
    ItemNotFound,
    days_left,
    open_item,
    source_of,
    suspended_item,
    suspended_page,
    suspended_reasons,
)
from web.access import SignedInRequest, workspace

_TITLES = dict(Reason.choices)
_SHORT = {str(reason): name for reason, name in SHORT_NAMES.items()}


@require_safe
@workspace(Permission.HANDLE_SUSPENDED)
def index(request: SignedInRequest) -> HttpResponse:
    """One page of the queue, of one reason or one sender when asked for."""
    reason, q = request.GET.get("reason", ""), request.GET.get("q", "").replace("\0", "").strip()
    page = suspended_page(request.actor, request.GET.get("cursor", ""), reason=reason, sender=q)
    reasons = suspended_reasons(request.actor)
    context = {
        "page": page,
        "rows": [(item, reason_of(item), days_left(item)) for item in page.rows],
        "count": sum(number for _reason, number in reasons),
        "reasons": [(name, _SHORT.get(name, name), number) for name, number in reasons],
        "chosen": reason,
        "q": q,
        "days": settings.SUSPENDED_DAYS,
    }
    return render(request, "suspended/index.html", context)


@require_safe
@workspace(Permission.HANDLE_SUSPENDED)
def show(request: SignedInRequest, item_id: int) -> HttpResponse:
    """One message, its source as text: nothing of it is rendered."""
    try:
        item = suspended_item(request.actor, item_id)
    except ItemNotFound as error:
        raise Http404 from error
    source, is_cut = source_of(item)
    opened = open_item(item)
    context = {
        "item": item,
        "reason": reason_of(item),
        "days_left": days_left(item),
        "sender": opened.sender,
        "proof": opened.proof,
        "text": opened.text,
        "source": source,
        "is_cut": is_cut,
    }
    return render(request, "suspended/show.html", context)


def reason_of(item: InboundItem) -> str:
    """Why it was suspended, as a sentence."""
    return str(_TITLES.get(item.reason, item.reason))

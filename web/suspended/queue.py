"""The suspended queue: messages that came in and that something spoke against."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from channels_in.models import InboundItem
from channels_in.reasons import Reason
from channels_in.selectors import (
    ItemNotFound,
    readable_text,
    source_of,
    suspended_count,
    suspended_item,
    suspended_page,
)
from web.access import SignedInRequest, workspace

_TITLES = dict(Reason.choices)


@require_safe
@workspace(Permission.HANDLE_SUSPENDED)
def index(request: SignedInRequest) -> HttpResponse:
    """One page of the queue."""
    page = suspended_page(request.actor, request.GET.get("cursor", ""))
    context = {
        "page": page,
        "rows": [(item, reason_of(item)) for item in page.rows],
        "count": suspended_count(request.actor),
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
    context = {
        "item": item,
        "reason": reason_of(item),
        "text": readable_text(item),
        "source": source,
        "is_cut": is_cut,
    }
    return render(request, "suspended/show.html", context)


def reason_of(item: InboundItem) -> str:
    """Why it was suspended, as a sentence."""
    return str(_TITLES.get(item.reason, item.reason))

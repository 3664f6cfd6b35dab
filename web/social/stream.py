"""The social stream: public posts about the company, and what becomes of them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from channels_in.actions.stream.errors import PostGone
from channels_in.models import PostKind, PostState, StreamPost
from channels_in.social.registry import social_channels
from channels_in.stream_selectors import (
    SHOWN,
    StreamFilter,
    recent_incidents,
    social_accounts,
    stream_counts,
    stream_languages,
    stream_page,
    stream_post,
)
from tickets.models import Channel
from web.access import SignedInRequest, workspace
from web.social.cards import card_of, cards_of
from web.templatetags.ui import language_name

_TABS = (
    ("todo", _("To decide")),
    ("ticket", _("Needs us")),
    ("second", _("Second tier")),
    ("alone", _("Left alone")),
    ("loop", _("Close the loop")),
    ("all", _("All")),
)


@require_safe
@workspace()
def index(request: SignedInRequest) -> HttpResponse:
    """One page of the stream, as it was asked for."""
    chosen = filter_of(request)
    page = stream_page(request.actor, chosen, request.GET.get("cursor", ""))
    counts = stream_counts(request.actor)
    context = {
        "page": page,
        "cards": cards_of(request.actor, page.rows),
        "chosen": chosen,
        "tabs": [(name, label, getattr(counts, name)) for name, label in _TABS],
        "is_empty": not counts.all,
        "latest": page.rows[0].received_at.isoformat() if page.rows else "",
        **_offers(request),
    }
    return render(request, "social/index.html", context)


@require_safe
@workspace()
def show(request: SignedInRequest, post_id: int) -> HttpResponse:
    """One post's card, as a page of its own or as a fragment."""
    try:
        card = card_of(request.actor, stream_post(request.actor, post_id))
    except PostGone as error:
        raise Http404 from error
    template = "social/_card.html" if request.htmx else "social/show.html"
    return render(request, template, {"card": card})


@require_safe
@workspace()
def news(request: SignedInRequest) -> HttpResponse:
    """How many posts have come since; 204 while there is none."""
    since = parse_datetime(request.GET.get("since", "").replace(" ", "+"))
    if since is None or since.tzinfo is None:
        raise Http404
    new = StreamPost.objects.exclude(state=PostState.GONE).filter(received_at__gt=since)
    count = filter_of(request).applied(new)[:99].count()
    if not count:
        return HttpResponse(status=204)
    return render(request, "social/_news.html", {"count": count})


def filter_of(request: HttpRequest) -> StreamFilter:
    """The filter in the address; what is not known is left out."""
    got: dict[str, Any] = {
        name: request.GET.get(name, "").replace("\0", "").strip()
        for name in ("show", "channel", "kind", "state", "language", "order")
    }
    incident = request.GET.get("incident", "")
    return StreamFilter(
        show=got["show"] if got["show"] in SHOWN else "todo",
        channel=got["channel"] if got["channel"] in Channel.values else "",
        kind=got["kind"], state=got["state"], language=got["language"],
        order=got["order"] or "latest",
        text=request.GET.get("q", "").replace("\0", "").strip(),
        incident=int(incident) if incident.isdecimal() and len(incident) < 10 else None,
    )  # fmt: skip


def _offers(request: SignedInRequest) -> dict[str, object]:
    accounts = social_accounts(social_channels())
    channels = list(dict.fromkeys(account.channel for account in accounts))
    return {
        "accounts": accounts,
        "networks": [(channel, Channel(channel).label) for channel in channels],
        "kinds": PostKind.choices,
        "languages": [(code, language_name(code)) for code in stream_languages(request.actor)],
        "incidents": recent_incidents(request.actor),
    }

"""The widget itself: one line of script for the site, and the page inside its frame."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from channels_in.chat.queue import queue_of
from channels_in.models import Asking, ChannelAccount
from core import clock
from core.storage import blobs
from tickets import schedules
from web.admin.colors import readable_on
from web.chat import words
from web.chat.access import account_of
from web.chat.staffed import is_staffed

OUR_COLOR = "#17413a"
LOADER = "js/chat/loader.js"


@require_safe
@cache_control(public=True, max_age=3600)
def loader(request: HttpRequest) -> HttpResponse:
    """The script of the one line. Sites that ask for it need nothing else of us but the frame."""
    response = HttpResponse(_loader(), content_type="text/javascript; charset=utf-8")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Access-Control-Allow-Origin"] = "*"
    return response


@cache
def _loader() -> bytes:
    found = finders.find(LOADER) or Path(settings.STATIC_ROOT) / LOADER
    return Path(str(found)).read_bytes()


@require_safe
@never_cache
@xframe_options_exempt
def show(request: HttpRequest, key: str) -> HttpResponseBase:
    """The page in the frame. Browsers show it on the widget's own sites only (attack 36)."""
    account = account_of(key)
    if account is None:
        raise Http404
    language = words.language_for(request.GET.get("lang", ""), account.language)
    with translation.override(language if language in dict(settings.LANGUAGES) else "en"):
        context = {"config": config_of(account, language), "language": language,
                   "direction": words.direction(language), "account": account,
                   "opens": request.GET.get("open") == "1"}  # fmt: skip
        response = render(request, "chat/frame.html", context)
    # What django-csp's decorator sets; the sites are known only here.
    response._csp_replace = {"frame-ancestors": ["'self'", *account.widget.sites]}  # type: ignore[attr-defined]
    response["Referrer-Policy"] = "no-referrer"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def config_of(account: ChannelAccount, language: str) -> dict[str, Any]:
    """All that the page needs to know of its widget."""
    widget = account.widget
    color = account.brand_color or OUR_COLOR
    reading = readable_on(color)
    own = widget.texts.get(language) or widget.texts.get(account.language or "en") or {}
    root = reverse("chat:frame", args=[account.address]).removesuffix("frame/")
    is_open, opens_at = hours_of(account)
    return {
        "key": account.address, "name": account.name, "root": root, "sites": widget.sites,
        "color": color, "onColor": "#ffffff" if reading and reading.ratio >= 4.5 else "#16171a",
        "ink": color if reading and reading.ratio >= 4.5 else "",
        "side": widget.side, "logo": f"{root}logo/" if widget.logo else "",
        "texts": own, "words": words.of(language), "language": language,
        "questions": widget.questions,
        "asksName": widget.asks_name, "asksEmail": widget.asks_email,
        "required": Asking.REQUIRED.value,
        "help": widget.offers_help, "files": widget.takes_files,
        "minutes": _typical_minutes(account),
        "open": is_open, "opensAt": opens_at, "staffed": is_open and is_staffed(account),
    }  # fmt: skip


def _typical_minutes(account: ChannelAccount) -> int | None:
    """How long visitors waited lately; nothing is said where nobody did, or for very long."""
    typical = queue_of(account.pk).typical
    if typical is None or typical > 30 * 60:
        return None
    return max(1, round(typical / 60))


def hours_of(account: ChannelAccount) -> tuple[bool, str | None]:
    """Whether it is open by its business hours, and when it opens next if it is not."""
    if account.schedule is None:
        return True, None
    now = clock.now()
    opens_at = schedules.next_opening(account.schedule, now)
    if opens_at is not None and opens_at <= now:
        return True, None
    return False, opens_at.isoformat() if opens_at else None


@require_safe
@cache_control(public=True, max_age=600)
def logo(request: HttpRequest, key: str) -> HttpResponseBase:
    """The widget's picture; it was drawn anew from pixels when it was set."""
    account = account_of(key)
    if account is None or not account.widget.logo:
        raise Http404
    try:
        picture = blobs.read(account.widget.logo)
    except FileNotFoundError as error:
        raise Http404 from error
    response = HttpResponse(picture, content_type="image/webp")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response

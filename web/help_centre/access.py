"""The door of the help centre: open to everybody, in the language that the address names."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control

from accounts.actor import Actor
from core.pages import BadCursor
from knowledge.errors import ArticleNotFound
from knowledge.languages import clean_tag, direction, native_name
from knowledge.selectors.help_centre import languages_to_read
from web import limits
from web.access import time_zone_of

FALLBACK = "en"
SPOKEN = ("en", "de", "fr")  # by the help centre itself: locale


class Reader(HttpRequest):
    """A request of somebody who reads: `actor` is None for visitors."""

    actor: Actor | None
    language: str
    languages: list[str]


def help_page(page: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page whose first argument is a language with something to read; others are 404."""

    @wraps(page)
    def guarded(request: Any, language: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        tag = clean_tag(language)
        languages = languages_to_read(_actor(request))
        if tag not in (languages or [FALLBACK]):
            raise Http404
        request.language, request.languages = tag, languages or [tag]
        zone = time_zone_of(request.user) if request.user.is_authenticated else None
        try:
            with translation.override(_spoken(tag)), timezone.override(zone):
                response = page(request, *args, **kwargs)
        except (ArticleNotFound, BadCursor) as error:
            raise Http404 from error
        response.headers["Content-Language"] = tag
        patch_cache_control(response, private=True, no_store=True)
        return response

    return guarded


def show(
    request: Reader, name: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A page with what all of them show around it."""
    reader = reader_of(request)
    frame = {
        "language": request.language,
        "LANGUAGE_CODE": _spoken(request.language),
        "direction": direction(request.language),
        "languages": [(tag, native_name(tag)) for tag in request.languages],
        "contact": settings.SUPPORT_ADDRESS,
        "is_customer": reader is not None and reader.is_customer,
    }
    return render(request, name, {**frame, **(context or {})}, status=status)


def reader_of(request: Reader) -> Actor | None:
    """The signed-in person, not a lazy stand-in for one; None for visitors."""
    return _actor(request)


def browser_of(request: HttpRequest) -> str:
    """A secret that stays with this browser: whoever votes again changes their mind."""
    if "browser" not in request.session:
        request.session["browser"] = secrets.token_urlsafe(24)
    return str(request.session["browser"])


def is_within(request: HttpRequest, what: str, *, limit: int, seconds: int) -> bool:
    """Whether this visitor's address may do that once more for now (attack 51)."""
    return limits.take(what, request.META.get("REMOTE_ADDR", ""), limit=limit, seconds=seconds)


def _spoken(tag: str) -> str:
    """The language of the page around the articles; all of it in one, whatever Django knows."""
    bare = tag.split("-")[0]
    return bare if bare in SPOKEN else FALLBACK


def _actor(request: Any) -> Actor | None:
    return request.actor if request.user.is_authenticated else None

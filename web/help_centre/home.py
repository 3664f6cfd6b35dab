from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import trans_real
from django.views.decorators.http import require_safe

from knowledge.selectors.help_centre import category_of, home_of, languages_to_read
from web.help_centre.access import FALLBACK, Reader, help_page, reader_of, show


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """To the reader's language: their own, else their browser's, as far as there are articles."""
    actor = getattr(request, "actor", None) if request.user.is_authenticated else None
    own = getattr(request.user, "language", "") or ""
    spoken = [own.lower(), *_accepted(request)]
    languages = languages_to_read(actor)
    for tag in [*spoken, *(tag.split("-")[0] for tag in spoken)]:
        if tag in languages:
            return redirect("help:home", tag)
    first = FALLBACK if FALLBACK in languages or not languages else languages[0]
    return redirect("help:home", first)


@require_safe
@help_page
def index(request: Reader) -> HttpResponse:
    """Search, and every category with its most helpful articles."""
    return show(request, "help/home.html", {
        "categories": home_of(reader_of(request), request.language),
    })  # fmt: skip


@require_safe
@help_page
def category(request: Reader, slug: str) -> HttpResponse:
    """A category's sections with all their articles."""
    return show(request, "help/category.html", {
        "category": category_of(reader_of(request), slug, request.language),
    })  # fmt: skip


def _accepted(request: HttpRequest) -> list[str]:
    header = request.headers.get("Accept-Language", "")[:200]
    return [tag for tag, _ in trans_real.parse_accept_lang_header(header.lower())]

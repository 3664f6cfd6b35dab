from __future__ import annotations

import re

from django.http import HttpResponse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from core.text import storable
from knowledge.actions import note_missed_search
from knowledge.selectors.search import find_articles
from web.help_centre import access
from web.help_centre.access import Reader, help_page, is_within, reader_of

SUGGESTED, FOUND = 6, 20
PER_FIVE_MINUTES = 300


@require_safe
@help_page
def show(request: Reader) -> HttpResponse:
    """What fits the words, or the way to a person; what nobody has written about is remembered."""
    return access.show(request, "help/search.html", _found(request, FOUND, is_settled=True))


@require_safe
@help_page
def suggest(request: Reader) -> HttpResponse:
    """The same as a fragment while somebody types; `settled` once they have paused."""
    is_settled = request.GET.get("settled") == "1"
    context = _found(request, SUGGESTED, is_settled=is_settled)
    return access.show(request, "help/_suggestions.html", context)


def _found(request: Reader, limit: int, *, is_settled: bool) -> dict[str, object]:
    query = storable(request.GET.get("q", "")).strip()[:200]
    reader = reader_of(request)
    is_limited = bool(query) and not is_within(
        request, "help-search", limit=PER_FIVE_MINUTES, seconds=300
    )
    found = (
        find_articles(query, reader, language=request.language, limit=limit)
        if query and not is_limited else []
    )  # fmt: skip
    if query and not found and is_settled and not is_limited:
        note_missed_search(actor=reader, language=request.language, query=query)
    return {
        "query": query, "is_limited": is_limited,
        "results": [
            (each, _marked(each.title, query), _marked(each.excerpt, query)) for each in found
        ],
    }  # fmt: skip


def _marked(text: str, query: str) -> SafeString:
    """The text with the words that were looked for marked; everything else is escaped."""
    words = sorted(set(re.findall(r"\w{2,}", query)), key=len, reverse=True)[:20]
    if not words:
        return escape(text)
    begins = "|".join(map(re.escape, words))
    pieces = re.split(rf"(\b(?:{begins})\w*)", text, flags=re.IGNORECASE)
    shown = (f"<mark>{escape(each)}</mark>" if at % 2 else escape(each)
             for at, each in enumerate(pieces))  # fmt: skip
    return mark_safe("".join(shown))  # noqa: S308  escaped piece by piece

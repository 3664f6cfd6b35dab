from __future__ import annotations

import re

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET

from tickets.models import Ticket
from tickets.selectors.search import search_tickets
from web.access import SignedInRequest, workspace
from web.agent.numbers import as_id

PAGE_SIZE = 25
LAST_PAGE = 40  # 1,000 results: nobody reads further


@require_GET
@workspace()
def show(request: SignedInRequest) -> HttpResponse:
    """Tickets that contain the words, best and latest first, a page at a time."""
    query = request.GET.get("q", "").replace("\x00", "").strip()[:500]
    number = min(max(as_id(request.GET.get("page", "")) or 1, 1), LAST_PAGE)
    start = (number - 1) * PAGE_SIZE
    found = search_tickets(query, request.actor) if query else Ticket.objects.none()
    rows = list(found[start : start + PAGE_SIZE + 1])
    words = _words(query)
    context = {
        "query": query,
        "results": [
            (ticket, marked(ticket.subject_or_placeholder, words), marked(ticket.preview, words))
            for ticket in rows[:PAGE_SIZE]
        ],
        "number": number,
        "previous": number - 1 if number > 1 else None,
        "next": number + 1 if len(rows) > PAGE_SIZE and number < LAST_PAGE else None,
    }
    return render(request, "agent/search/show.html", context)


def _words(query: str) -> re.Pattern[str] | None:
    """The words to mark; those that were excluded (`-word`) do not occur."""
    found = [word for word in re.findall(r"(?<!\S)-\S+|\w+", query) if not word.startswith("-")]
    unique = sorted({re.escape(word) for word in found if len(word) > 1}, key=len, reverse=True)
    return re.compile("|".join(unique[:20]), re.IGNORECASE) if unique else None


def marked(text: str, words: re.Pattern[str] | None) -> SafeString:
    """Text with the found words in <mark>; everything is escaped, piece by piece."""
    if words is None:
        return escape(text)
    parts, at = [], 0
    for match in words.finditer(text):
        parts += [escape(text[at : match.start()]), f"<mark>{escape(match.group())}</mark>"]
        at = match.end()
    return mark_safe("".join([*parts, escape(text[at:])]))  # noqa: S308  escaped piece by piece

"""How similar tickets were solved: the last answer, the macros in it, the articles it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core import html
from knowledge.selectors.search import published_by_number
from macros.models import Macro
from macros.selectors.fitting import macros_used_on
from tickets.models import Ticket
from tickets.selectors.similar import SimilarTicket
from web.access import SignedInRequest
from web.knowledge.insertion import Insertable, insertable

EXCERPT = 420
_ARTICLE = re.compile(r"/help/[a-z-]{2,20}/articles/(\d{1,18})-")


@dataclass(frozen=True, slots=True)
class Solution:
    """A similar ticket; `answer` is its last reply as it could be sent to this customer."""

    similar: SimilarTicket
    alike: str
    excerpt: str
    answer: str
    answer_html: str
    macros: list[Macro]
    articles: list[Insertable]


def solutions_of(
    found: Sequence[SimilarTicket], ticket: Ticket, request: SignedInRequest
) -> list[Solution]:
    """One for each, with at most two queries for all of them."""
    used = macros_used_on([each.ticket.pk for each in found], request.actor)
    named = {each.ticket.pk: _articles_in(each) for each in found}
    numbers = {number for some in named.values() for number in some}
    articles = published_by_number(sorted(numbers), request.actor) if numbers else {}
    return [
        Solution(
            similar=each, alike=_how_alike(each.likeness),
            excerpt=_shortened(_answer(each)), answer=(said := _adapted(each, ticket)),
            answer_html=html.from_text(said), macros=used.get(each.ticket.pk, []),
            articles=[
                insertable(request, articles[number])
                for number in named[each.ticket.pk] if number in articles
            ],
        )
        for each in found
    ]  # fmt: skip


def _how_alike(likeness: float) -> str:
    """A word for it: a percentage would claim to be more than it is."""
    if likeness >= 0.45:
        return _("very alike")
    return _("alike") if likeness >= 0.28 else _("somewhat alike")


def _answer(similar: SimilarTicket) -> str:
    return (similar.answer.reply_text or similar.answer.body).strip() if similar.answer else ""


def _articles_in(similar: SimilarTicket) -> list[int]:
    if similar.answer is None:
        return []
    text = f"{similar.answer.html} {similar.answer.body}"
    return list(dict.fromkeys(int(number) for number in _ARTICLE.findall(text)))[:3]


def _adapted(similar: SimilarTicket, ticket: Ticket) -> str:
    """The answer with the greeting turned to this customer; nobody is called by another's name."""
    greeting, separator, rest = _answer(similar).partition("\n")
    other, own = similar.ticket.requester, ticket.requester
    for theirs, ours in (
        (other.display_name, own.display_name),
        (other.first_name, own.first_name),
    ):
        if len(theirs) > 1 and theirs in greeting:
            return greeting.replace(theirs, ours) + separator + rest
    return greeting + separator + rest


def _shortened(text: str) -> str:
    return text if len(text) <= EXCERPT else f"{text[:EXCERPT].rsplit(' ', 1)[0]} …"

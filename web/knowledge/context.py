"""What helps to answer a ticket: fitting macros and articles, and how the like was solved."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from core.terms import Terms
from knowledge import policies as knowledge_policies
from knowledge.languages import clean_tag
from knowledge.selectors.search import find_articles, fitting_articles
from macros.selectors.fitting import FittingMacro, fitting_macros
from tickets.models import Ticket
from tickets.policies import visible_ticket
from tickets.selectors.similar import SimilarTicket, similar_tickets, terms_of_ticket
from web.access import SignedInRequest, workspace
from web.knowledge.bodies import article_html
from web.knowledge.insertion import Insertable, insertable
from web.knowledge.solutions import solutions_of

MACROS, ARTICLES, SIMILAR = 3, 3, 5
FOUND = 10


@dataclass
class Help:
    """What fits a ticket, gathered once a request and only as far as it is shown."""

    request: SignedInRequest
    ticket: Ticket

    @cached_property
    def terms(self) -> Terms:
        return terms_of_ticket(self.ticket)

    @cached_property
    def similar(self) -> list[SimilarTicket]:
        return similar_tickets(self.ticket, self.request.actor, SIMILAR, terms=self.terms)

    @cached_property
    def macros(self) -> list[FittingMacro]:
        if self.ticket.is_closed:
            return []
        likeness = {each.ticket.pk: each.likeness for each in self.similar}
        return fitting_macros(
            self.ticket, self.request.actor, terms=self.terms, similar=likeness, limit=MACROS
        )

    @cached_property
    def articles(self) -> list[Insertable]:
        about = terms_of_ticket(self.ticket, like=self.similar)
        found = fitting_articles(about, self.request.actor, language=self.language, limit=ARTICLES)
        return [insertable(self.request, each.translation) for each in found]

    @cached_property
    def language(self) -> str:
        """The language an answer is read in."""
        ticket = self.ticket
        return clean_tag(ticket.language or ticket.requester.language).split("-")[0] or "en"


@require_safe
@workspace()
def suggested(request: SignedInRequest, number: int) -> HttpResponse:
    """The few that fit best, each with its key: shown beside the customer."""
    context = _context(request, visible_ticket(request.actor, number))
    return render(request, "agent/tickets/_suggested.html", context)


@require_safe
@workspace()
def knowledge(request: SignedInRequest, number: int) -> HttpResponse:
    """The tab: fitting macros and articles; with `q` the articles that somebody looks for."""
    ticket = visible_ticket(request.actor, number)
    query = request.GET.get("q", "").strip()[:200]
    if request.GET.get("only") == "articles":
        return render(request, "agent/tickets/_articles.html", _articles(request, ticket, query))
    return render(request, "agent/tickets/_knowledge.html", _context(request, ticket))


@require_safe
@workspace()
def similar(request: SignedInRequest, number: int) -> HttpResponse:
    """The tab: tickets like this one, and how they were solved."""
    ticket = visible_ticket(request.actor, number)
    found = similar_tickets(ticket, request.actor, SIMILAR)
    context = {"ticket": ticket, "solutions": solutions_of(found, ticket, request)}
    return render(request, "agent/tickets/_similar.html", context)


@require_safe
@workspace()
def text(request: SignedInRequest, number: int, translation_id: int) -> HttpResponse:
    """An article's whole text, to be put into the reply."""
    visible_ticket(request.actor, number)
    found = knowledge_policies.listed_translation(request.actor, translation_id)
    return JsonResponse({"html": article_html(found.body), "text": found.text})


def _context(request: SignedInRequest, ticket: Ticket) -> dict[str, object]:
    help_ = Help(request, ticket)
    first = len(help_.macros) + 1
    return {
        "ticket": ticket, "macros": list(enumerate(help_.macros, start=1)),
        "articles": list(enumerate(help_.articles, start=first)), "language": help_.language,
        "may_write_articles": request.actor.can(Permission.MANAGE_KNOWLEDGE),
    }  # fmt: skip


def _articles(request: HttpRequest, ticket: Ticket, query: str) -> dict[str, object]:
    """What somebody looks for; without words what fits again."""
    help_ = Help(request, ticket)  # type: ignore[arg-type]
    if not query:
        return _context(help_.request, ticket)
    found = find_articles(query, help_.request.actor, language=help_.language, limit=FOUND)
    options = [insertable(request, each) for each in found]
    return {"ticket": ticket, "articles": [(0, each) for each in options], "query": query}

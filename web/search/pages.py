"""The search page: tickets, people and organizations that a query finds, each on a tab."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from accounts.actor import Actor
from accounts.models import Organization, User
from accounts.selectors import search_organizations, search_users
from tickets.conditions import InvalidCondition
from tickets.models import Ticket
from tickets.search.operators import Query, read_query
from tickets.selectors.search import LIMIT, excerpts_of, hits_of
from web.access import SignedInRequest, workspace
from web.agent.numbers import as_id
from web.search.marks import marked, words_in

PAGE_SIZE = 25
LAST_PAGE = LIMIT // PAGE_SIZE  # nobody reads further
COUNTED = 99  # people and organizations; beyond that the tab says “99+”


EXAMPLES = (
    ("status<solved assignee:me", _("my work")),
    ("priority:urgent updated<1day", _("urgent, and nobody touched it for a day")),
    ('"double charge" -voucher', _("these words side by side, without another")),
    ("tags:vip created>7days", _("of the last week, with a tag")),
    ("type:user carla", _("people")),
)


@dataclass(frozen=True, slots=True)
class Tab:
    name: str
    label: str
    count: str


@dataclass(slots=True)
class Results:
    """One tab's page of what was found, and how much each tab has."""

    tab: str
    counts: dict[str, int] = field(default_factory=dict)
    rows: list[Any] = field(default_factory=list)
    has_more: bool = False
    mistake: str = ""

    @property
    def tabs(self) -> list[Tab]:
        words = {
            "tickets": say("Tickets"), "people": say("People"),
            "organizations": say("Organizations"),
        }  # fmt: skip
        return [
            Tab(name, words[name], _shown(count, LIMIT if name == "tickets" else COUNTED))
            for name, count in self.counts.items()
        ]


@dataclass(frozen=True, slots=True)
class FoundTicket:
    ticket: Ticket
    subject: SafeString
    excerpt: SafeString


@require_GET
@workspace()
def show(request: SignedInRequest) -> HttpResponse:
    """What contains the words and fits the operators, best and latest first, a page at a time."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:500]
    number = min(max(as_id(request.GET.get("page", "")) or 1, 1), LAST_PAGE)
    results = _results(text, request.actor, request.GET.get("tab", ""), number)
    context = {
        "query": text,
        "results": results,
        "examples": EXAMPLES,
        "number": number,
        "previous": number - 1 if number > 1 else None,
        "next": number + 1 if results.has_more and number < LAST_PAGE else None,
    }
    return render(request, "agent/search/show.html", context)


def _results(text: str, actor: Actor, wanted: str, number: int) -> Results:
    if not text:
        return Results("tickets")
    try:
        query = read_query(text, actor)
    except InvalidCondition as error:
        return Results("tickets", mistake=str(error))
    kinds = {"user": "people", "organization": "organizations"}
    made = Results(wanted if wanted in _FINDERS else kinds.get(query.kind, "tickets"))
    start = (number - 1) * PAGE_SIZE
    for name, finder in _FINDERS.items():
        size = PAGE_SIZE + 1 if name == made.tab else 0
        made.counts[name], rows = finder(query, actor, start, size)
        if name == made.tab:
            made.rows, made.has_more = list(rows[:PAGE_SIZE]), len(rows) > PAGE_SIZE
    return made


def _tickets(query: Query, actor: Actor, start: int, size: int) -> tuple[int, list[FoundTicket]]:
    hits = hits_of(query, actor)
    tickets = list(hits.tickets[start : start + size]) if size else []
    words = words_in(query.text)
    excerpts = excerpts_of(tickets, words, actor)
    return hits.count, [
        FoundTicket(
            ticket,
            marked(ticket.subject_or_placeholder, words),
            marked(excerpts.get(ticket.pk, ticket.preview), words),
        )
        for ticket in tickets
    ]


def _people(query: Query, actor: Actor, start: int, size: int) -> tuple[int, list[User]]:
    found = search_users(_name_in(query), actor)
    rows = found.select_related("organization")[start : start + size] if size else []
    return found[: COUNTED + 1].count(), list(rows)


def _organizations(
    query: Query, actor: Actor, start: int, size: int
) -> tuple[int, list[Organization]]:
    found = search_organizations(_name_in(query), actor)
    return found[: COUNTED + 1].count(), list(found[start : start + size]) if size else []


Finder = Callable[[Query, Actor, int, int], tuple[int, Sequence[Any]]]
_FINDERS: dict[str, Finder] = {
    "tickets": _tickets,
    "people": _people,
    "organizations": _organizations,
}


def _name_in(query: Query) -> str:
    return query.text.replace('"', "").strip()


def _shown(count: int, most: int) -> str:
    return f"{most:,}+" if count > most else f"{count:,}"

"""Full-text search over the tickets an actor may see; what was just written is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, F, Q, QuerySet, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Substr

from accounts.actor import Actor
from core.search_text import as_tsquery
from tickets import policies
from tickets.models import Comment, Ticket
from tickets.search.operators import Query

LIMIT = 1_000  # Zendesk's: nobody reads further
PEOPLE = ("requester", "assignee", "group", "organization")
RANKED = 200  # ranking reads the whole document; older matches follow by time


READ = 20_000  # letters of a message in which an excerpt is looked for
EXCERPT = 220
BEFORE = 60  # letters of an excerpt that stand before the first word found


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found: how many tickets (LIMIT and more count as LIMIT), and all of them."""

    count: int
    tickets: QuerySet[Ticket]


def search_tickets(text: str, actor: Actor) -> QuerySet[Ticket]:
    """Matching tickets, best and latest first; a bare number finds that ticket. Slice before use.

    The latest LIMIT matches are found and the latest RANKED of them ranked, so that a word in every
    ticket costs no more than a rare one.
    """
    tickets = policies.visible_tickets(actor).prefetch_related(*PEOPLE)
    number = text.strip().lstrip("#")
    if number.isdecimal() and len(number) < 19:
        exact = tickets.filter(pk=int(number))
        if exact.exists():
            return exact
    return _ranked(text, actor, Q())


def find_tickets(query: Query, actor: Actor) -> QuerySet[Ticket]:
    """Tickets that a query with operators asks for; without words the latest first."""
    if query.text:
        return _ranked(query.text, actor, query.filter)
    tickets = policies.visible_tickets(actor).with_people()
    return tickets.filter(query.filter).order_by("-updated_at", "-id")


def hits_of(query: Query, actor: Actor) -> Hits:
    """The same with how many there are; a bare number finds that ticket."""
    number = query.text.strip().lstrip("#")
    if number.isdecimal() and len(number) < 19:
        exact = policies.visible_tickets(actor).with_people().filter(query.filter, pk=int(number))
        if exact.exists():
            return Hits(1, exact)
    if query.text:
        ids, tickets = _ranking(query.text, actor, query.filter)
        return Hits(len(ids), tickets)
    tickets = find_tickets(query, actor)
    return Hits(tickets[: LIMIT + 1].count(), tickets)


def _ranked(text: str, actor: Actor, only: Q) -> QuerySet[Ticket]:
    return _ranking(text, actor, only)[1]


def _ranking(text: str, actor: Actor, only: Q) -> tuple[list[int], QuerySet[Ticket]]:
    """The ids of the latest matches, and the matches in their order."""
    # Prefetched, not joined: all matches are sorted, but only a page of them is shown.
    tickets = policies.visible_tickets(actor).prefetch_related(*PEOPLE)
    query = as_tsquery(text)
    if not query:
        return [], tickets.none()
    name = "everything" if policies.may_see_internal(actor) else "public"
    vector = f"search_document__{name}"
    search = SearchQuery(query, config="helpdesk", search_type="raw")
    latest = (
        policies.visible_tickets(actor)
        .filter(only, **{vector: search})
        .order_by("-updated_at", "-id")
        .values_list("pk", flat=True)[:LIMIT]
    )
    # Fetched, not nested: a planner without statistics runs the inner query again for every row.
    # One array, not `IN (…)`: a thousand parameters cost more than the search.
    ids = list(latest)
    rank = SearchRank(F(vector), search, normalization=1)
    return ids, (
        tickets.filter(pk__in=_unnest(ids))
        .annotate(rank=Case(When(pk__in=_unnest(ids[:RANKED]), then=rank), default=0.0))
        .order_by("-rank", "-updated_at", "-id")
    )


def excerpts_of(tickets: Sequence[Ticket], words: Sequence[str], actor: Actor) -> dict[int, str]:
    """The text around the words in the latest message of each ticket that has one: {id: text}.

    One query for a page of tickets; a ticket whose messages have no such word is left out.
    """
    if not words or not tickets:
        return {}
    said = Comment.objects.filter(ticket_id__in=[ticket.pk for ticket in tickets])
    if not policies.may_see_internal(actor):
        said = said.released()
    asked = reduce(or_, (Q(body__icontains=word) for word in words))
    rows = (
        said.filter(asked)
        .order_by("ticket_id", "-created_at", "-id")
        .distinct("ticket_id")
        .values_list("ticket_id", Substr("body", 1, READ))
    )
    return {pk: _around(body, words) for pk, body in rows}


def _around(body: str, words: Sequence[str]) -> str:
    text = " ".join(body.split())
    low = text.lower()
    places = [at for word in words if (at := low.find(word.lower())) >= 0]
    start = max(0, min(places, default=0) - BEFORE)
    cut = text[start : start + EXCERPT]
    return f"{'…' if start else ''}{cut}{'…' if start + EXCERPT < len(text) else ''}"


def _unnest(ids: list[int]) -> RawSQL:
    return RawSQL("SELECT unnest(%s::bigint[])", [ids])  # noqa: S611  a parameter, no text

"""Full-text search over the tickets an actor may see; what was just written is found."""

from __future__ import annotations

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, F, Q, QuerySet, When
from django.db.models.expressions import RawSQL

from accounts.actor import Actor
from core.search_text import as_tsquery
from tickets import policies
from tickets.models import Ticket
from tickets.search.operators import Query

LIMIT = 1_000  # Zendesk's: nobody reads further
PEOPLE = ("requester", "assignee", "group", "organization")
RANKED = 200  # ranking reads the whole document; older matches follow by time


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


def _ranked(text: str, actor: Actor, only: Q) -> QuerySet[Ticket]:
    # Prefetched, not joined: all matches are sorted, but only a page of them is shown.
    tickets = policies.visible_tickets(actor).prefetch_related(*PEOPLE)
    query = as_tsquery(text)
    if not query:
        return tickets.none()
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
    return (
        tickets.filter(pk__in=_unnest(ids))
        .annotate(rank=Case(When(pk__in=_unnest(ids[:RANKED]), then=rank), default=0.0))
        .order_by("-rank", "-updated_at", "-id")
    )


def _unnest(ids: list[int]) -> RawSQL:
    return RawSQL("SELECT unnest(%s::bigint[])", [ids])  # noqa: S611  a parameter, no text

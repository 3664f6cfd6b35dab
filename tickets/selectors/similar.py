"""Tickets like one: how the same thing was solved before, and what may be the same matter twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import F, Q

from accounts.actor import Actor
from tickets import policies
from tickets.models import Comment, Status, Ticket
from tickets.models.ticket import TicketQuerySet
from tickets.similarity.candidates import LOOKED_AT, query_of
from tickets.similarity.terms import STEM, Terms, terms_of

ALIKE = 0.18  # below that, two tickets share words but no matter
SAME_WORDS = 0.5  # above that, they may well be one matter
LATELY = timedelta(days=30)
SOLVED = 0.15  # worth of knowing how it was solved
SHOWN = 5

_DOCUMENTS = "tickets_searchdocument"
_MESSAGES = 3  # of the customer that are read: the first say what it is about

# The part of the wanted weight that a document has; words of its heading count in full, long
# documents, which have every word, a little less. And the subjects' likeness letter by letter.
_LIKENESS = """
WITH wanted AS (SELECT * FROM unnest(%s::text[], %s::float8[]) AS w (stem, weight))
SELECT doc.ticket_id,
       0.8 * coalesce(shared.weight, 0) / (%s * (1 + 0.15 * ln(1 + length(doc.public) / 80.0)))
       + 0.2 * similarity(lower(ticket.subject), lower(%s)) AS likeness
FROM tickets_searchdocument doc
JOIN tickets_ticket ticket ON ticket.id = doc.ticket_id
CROSS JOIN LATERAL (
    SELECT sum(weight) AS weight FROM (
        SELECT wanted.weight * (CASE WHEN bool_or('A' = ANY(words.weights)) THEN 1 ELSE 0.7 END)
               AS weight
        FROM unnest(doc.public) AS words
        JOIN wanted ON wanted.stem = left(words.lexeme, %s)
        GROUP BY wanted.stem, wanted.weight
    ) AS each
) AS shared
WHERE doc.ticket_id = ANY(%s)
ORDER BY likeness DESC, doc.ticket_id DESC
LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class SimilarTicket:
    """Another ticket, how much it is alike (0 to 1), and what it was last answered."""

    ticket: Ticket
    likeness: float
    answer: Comment | None

    @property
    def is_solved(self) -> bool:
        return self.ticket.status in Status.done()


@dataclass(frozen=True, slots=True)
class PossibleDuplicate:
    """An unsolved ticket that may be the same matter, and what speaks for it."""

    ticket: Ticket
    likeness: float
    is_same_requester: bool


def similar_tickets(ticket: Ticket, actor: Actor, limit: int = SHOWN) -> list[SimilarTicket]:
    """Those alike enough, solved ones first: at most `limit`, seen by this actor alone.

    Bounded work however many tickets there are: words that are rare in the house find at most
    LOOKED_AT candidates, and only these are compared. Seven queries.
    """
    others = policies.visible_tickets(actor).exclude(pk=ticket.pk).filter(merged_into=None)
    ranked = _alike(ticket, others, limit * 4)
    likeness = {pk: value for pk, value in ranked if value >= ALIKE}
    found = others.for_lists().in_bulk(list(likeness))

    def worth(other: Ticket) -> float:
        return likeness[other.pk] + SOLVED * (other.status in Status.done())

    alike = sorted(found.values(), key=lambda other: (-worth(other), -other.pk))[:limit]
    alike.sort(key=lambda other: other.status not in Status.done())
    answers = _last_answers([other.pk for other in alike])
    return [SimilarTicket(one, likeness[one.pk], answers.get(one.pk)) for one in alike]


def possible_duplicates(
    ticket: Ticket, actor: Actor, limit: int = SHOWN
) -> list[PossibleDuplicate]:
    """Unsolved tickets of about the same time that may be the same matter, likeliest first.

    Of the same requester all of them; of others those with the same words.
    """
    near = Q(created_at__gte=ticket.created_at - LATELY, created_at__lte=ticket.created_at + LATELY)
    others = policies.visible_tickets(actor).unsolved().filter(near).exclude(pk=ticket.pk)
    own = list(
        others.filter(requester_id=ticket.requester_id)
        .order_by("-created_at", "-id")
        .values_list("pk", flat=True)[: limit * 4]
    )
    terms = _terms_of(ticket)
    ranked = dict(_ranked(ticket, terms, [*own, *_candidates(terms, others)], limit * 8))
    likely = [pk for pk, value in ranked.items() if pk in own or value >= SAME_WORDS]
    found = others.for_lists().in_bulk([*likely, *own])
    duplicates = [
        PossibleDuplicate(one, ranked.get(pk, 0.0), one.requester_id == ticket.requester_id)
        for pk, one in found.items()
    ]
    duplicates.sort(
        key=lambda each: (-each.likeness - 0.2 * each.is_same_requester, -each.ticket.pk)
    )
    return duplicates[:limit]


def text_of(ticket: Ticket) -> str:
    """What the customer wrote first; of a ticket an agent opened, that. One query."""
    comments = Comment.objects.released().filter(ticket=ticket)
    rows = comments.in_order().values_list("is_from_agent", "reply_text", "body")[: 2 * _MESSAGES]
    texts = [(is_agents, reply or body) for is_agents, reply, body in rows]
    own = [text for is_agents, text in texts if not is_agents] or [text for _, text in texts[:1]]
    return "\n".join(own[:_MESSAGES])


def _terms_of(ticket: Ticket) -> Terms:
    person = ticket.requester
    return terms_of(
        ticket.subject, text_of(ticket), table=_DOCUMENTS, column="public",
        without=[person.name, (person.email or "").replace("@", " ")],
    )  # fmt: skip


def _alike(ticket: Ticket, others: TicketQuerySet, limit: int) -> list[tuple[int, float]]:
    terms = _terms_of(ticket)
    return _ranked(ticket, terms, _candidates(terms, others), limit)


def _candidates(terms: Terms, others: TicketQuerySet) -> list[int]:
    """The latest tickets with a telling word. Ordered by a sum, so that the planner does not walk
    all tickets backwards in the hope of meeting some.
    """
    query = query_of(terms)
    if not query:
        return []
    search = SearchQuery(query, config="helpdesk", search_type="raw")
    matching = others.filter(search_document__public=search).order_by((F("pk") + 0).desc())
    return list(matching.values_list("pk", flat=True)[:LOOKED_AT])


def _ranked(
    ticket: Ticket, terms: Terms, candidates: list[int], limit: int
) -> list[tuple[int, float]]:
    """Ids and likeness, most alike first."""
    if not candidates or not terms.terms:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            _LIKENESS,
            [[term.stem for term in terms.terms], [term.weight for term in terms.terms],
             terms.weight, ticket.subject, STEM, candidates, limit],
        )  # fmt: skip
        return cursor.fetchall()


def _last_answers(ticket_ids: list[int]) -> dict[int, Comment]:
    """The last public reply of an agent on each, with its author: one query."""
    answers = (
        Comment.objects.released()
        .filter(ticket_id__in=ticket_ids, is_from_agent=True)
        .select_related("author")
        .order_by("ticket_id", "-created_at", "-id")
        .distinct("ticket_id")
    )
    return {answer.ticket_id: answer for answer in answers}

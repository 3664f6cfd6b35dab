"""Tickets like one: how the same thing was solved before, and what may be the same matter twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.postgres.search import SearchQuery
from django.db.models import F, Q

from accounts.actor import Actor
from core.terms import Terms, likeness, shares, terms_of
from tickets import policies
from tickets.models import Comment, Status, Ticket
from tickets.models.ticket import TicketQuerySet
from tickets.similarity.candidates import LOOKED_AT, query_of

ALIKE = 0.18  # below that, two tickets share words but no matter
SAME_WORDS = 0.5  # above that, they may well be one matter
LATELY = timedelta(days=30)
SOLVED = 0.15  # worth of knowing how it was solved
SHOWN = 5

_DOCUMENTS = "tickets_searchdocument"
_WORDS = 0.85  # what shared words count; the rest is the subjects' likeness
AKIN, _AKIN, _SAID = 0.25, 3, 800  # similar tickets whose words help: likeness, number, letters
_MESSAGES = 3  # of the customer that are read: the first say what it is about


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


def similar_tickets(
    ticket: Ticket, actor: Actor, limit: int = SHOWN, *, terms: Terms | None = None
) -> list[SimilarTicket]:
    """Those alike enough, solved ones first: at most `limit`, seen by this actor alone.

    Bounded work however many tickets there are: words that are rare in the house find at most
    LOOKED_AT candidates, and only these are compared. Seven queries, three
    less with the `terms` of the ticket.
    """
    others = policies.visible_tickets(actor).exclude(pk=ticket.pk).filter(merged_into=None)
    terms = terms or terms_of_ticket(ticket)
    ranked = _ranked(ticket, terms, _candidates(terms, others))
    alike_enough = {pk: value for pk, value in ranked[: limit * 4] if value >= ALIKE}
    found = others.for_lists().in_bulk(list(alike_enough))

    def worth(other: Ticket) -> float:
        return alike_enough[other.pk] + SOLVED * (other.status in Status.done())

    alike = sorted(found.values(), key=lambda other: (-worth(other), -other.pk))[:limit]
    alike.sort(key=lambda other: other.status not in Status.done())
    answers = _last_answers([other.pk for other in alike])
    return [SimilarTicket(one, alike_enough[one.pk], answers.get(one.pk)) for one in alike]


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
        .values_list("pk", "subject")[: limit * 4]
    )
    terms = terms_of_ticket(ticket)
    ranked = dict(_ranked(ticket, terms, [*own, *_candidates(terms, others)]))
    own_ids = [pk for pk, _subject in own]
    likely = [pk for pk, value in ranked.items() if value >= SAME_WORDS]
    found = others.for_lists().in_bulk([*likely[: limit * 4], *own_ids])
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


def terms_of_ticket(ticket: Ticket, *, like: Sequence[SimilarTicket] = ()) -> Terms:
    """The words that say what a ticket is about, weighed by how rare they are: three queries.

    With tickets `like` it also the words of their subjects and answers, which name the matter as
    the house does: articles are written in these words. The ticket's own count double.
    """
    person = ticket.requester
    text = text_of(ticket)
    if akin := [each for each in like[:_AKIN] if each.likeness >= AKIN]:
        text = "\n".join([text, text, *map(_told, akin)])
    return terms_of(
        ticket.subject, text, table=_DOCUMENTS, column="public",
        without=[person.name, (person.email or "").replace("@", " ")],
    )  # fmt: skip


def _told(similar: SimilarTicket) -> str:
    answer = similar.answer
    said = (answer.reply_text or answer.body)[:_SAID] if answer else ""
    return f"{similar.ticket.subject}\n{said}"


def _candidates(terms: Terms, others: TicketQuerySet) -> list[tuple[int, str]]:
    """The latest tickets with a telling word, and their subjects. Ordered by a sum, so that the
    planner does not walk all tickets backwards in the hope of meeting some.
    """
    query = query_of(terms)
    if not query:
        return []
    search = SearchQuery(query, config="helpdesk", search_type="raw")
    matching = others.filter(search_document__public=search).order_by((F("pk") + 0).desc())
    return list(matching.values_list("pk", "subject")[:LOOKED_AT])


def _ranked(
    ticket: Ticket, terms: Terms, candidates: Sequence[tuple[int, str]]
) -> list[tuple[int, float]]:
    """Ids and likeness (0 to 1), most alike first: shared words, and subjects letter by letter."""
    subjects = dict(candidates)
    shared = shares(
        terms, list(subjects), table=_DOCUMENTS, key="ticket_id", column="public", plain=0.9
    )
    ranked = [
        (pk, _WORDS * shared.get(pk, 0.0) + (1 - _WORDS) * likeness(ticket.subject, subject))
        for pk, subject in subjects.items()
    ]
    return sorted(ranked, key=lambda each: (-each[1], -each[0]))


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

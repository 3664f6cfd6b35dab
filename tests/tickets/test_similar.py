"""Similar tickets and possible duplicates: alike ones, solved first, and nothing hidden."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.terms import Term, Terms
from tests.factories import as_actor
from tickets.actions import update_ticket
from tickets.drafts import CommentDraft, TicketChanges
from tickets.policies import visible_tickets
from tickets.selectors.similar import (
    _candidates,
    possible_duplicates,
    similar_tickets,
    terms_of_ticket,
)
from tickets.similarity.candidates import query_of

BROKEN = {
    "subject": "Espresso machine leaks water",
    "body": "My espresso machine leaks water from the boiler after ten minutes.",
}
AGAIN = {
    "subject": "Water under my espresso machine",
    "body": "The boiler of the espresso machine is leaking again.",
}
OTHER = {"subject": "Invoice without VAT number", "body": "Please add our VAT number to it."}


@pytest.fixture
def solved(make_ticket, alice, mallory):
    """Another customer's ticket of the same matter, answered twice and solved."""
    ticket = make_ticket(requester=mallory, **BROKEN)
    for body in ("Have you descaled it?", "Please replace the boiler's seal: part 4711."):
        update_ticket(
            actor=as_actor(alice), ticket_id=ticket.pk, changes=TicketChanges(status="solved"),
            comment=CommentDraft(author_id=alice.pk, body=body),
        )  # fmt: skip
    ticket.refresh_from_db()
    return ticket


def numbers(found):
    return [each.ticket.pk for each in found]


def test_a_solved_ticket_of_the_same_matter_comes_first_with_its_last_answer(
    make_ticket, solved, alice, dave
):
    unsolved = make_ticket(requester=dave, **BROKEN)
    make_ticket(**OTHER)
    found = similar_tickets(make_ticket(**AGAIN), as_actor(alice))
    assert numbers(found) == [solved.pk, unsolved.pk]
    assert [each.is_solved for each in found] == [True, False]
    assert found[0].answer.reply_text == "Please replace the boiler's seal: part 4711."
    assert found[1].answer is None


def test_internal_notes_neither_find_a_ticket_nor_answer_it(make_ticket, alice, mallory):
    hidden = make_ticket(requester=mallory, **OTHER)
    note = CommentDraft(author_id=alice.pk, body=BROKEN["body"], is_public=False)
    update_ticket(actor=as_actor(alice), ticket_id=hidden.pk, comment=note)
    assert similar_tickets(make_ticket(**AGAIN), as_actor(alice)) == []


def test_similar_tickets_are_only_those_the_actor_may_see(make_ticket, solved, bob, carol):
    asked = make_ticket(**AGAIN)
    assert numbers(similar_tickets(asked, as_actor(bob))) == [solved.pk]
    assert numbers(similar_tickets(asked, as_actor(carol))) == []
    bob.ticket_access = "groups"
    bob.save(update_fields=["ticket_access"])
    assert numbers(similar_tickets(asked, as_actor(bob))) == []
    assert numbers(possible_duplicates(asked, as_actor(bob))) == []


def test_what_the_requester_is_called_makes_no_ticket_similar(make_ticket, alice, carol):
    make_ticket(subject="Carol Customer writes", body="Greetings from Carol Customer")
    asked = make_ticket(subject="Hinge", body="Regards, Carol Customer")
    assert similar_tickets(asked, as_actor(alice)) == []


@pytest.mark.parametrize(
    "text", ["", "?!", "'); DROP TABLE x; --", "a\\'b:* | c <-> !d", "客服您好"]
)
def test_any_text_can_be_compared(make_ticket, alice, text):
    asked = make_ticket(subject=text, body=text)
    same = make_ticket(subject=text, body=text)
    assert set(numbers(similar_tickets(asked, as_actor(alice)))) <= {same.pk}
    assert numbers(possible_duplicates(asked, as_actor(alice))) == [same.pk]


def test_duplicates_are_the_requesters_unsolved_ones_and_those_in_the_same_words(
    make_ticket, solved, alice, mallory, dave
):
    asked = make_ticket(**AGAIN)
    own = make_ticket(**OTHER)
    repeated = make_ticket(requester=dave, **AGAIN)
    make_ticket(requester=dave, **OTHER)
    found = possible_duplicates(asked, as_actor(alice))
    assert [(each.ticket.pk, each.is_same_requester) for each in found] == [
        (repeated.pk, False), (own.pk, True),
    ]  # fmt: skip


def test_frequent_words_are_looked_for_together_only():
    rare = Term("boiler", 5.0, 0.0001)
    unknown = Term("leak", 4.5, None)
    frequent = [Term("machin", 3.0, 0.02), Term("water", 2.5, 0.04)]
    terms = Terms((rare, unknown, *frequent), documents=1_000_000)
    assert query_of(terms) == "('boiler':*) | ('leak':*) | ('machin':* & 'water':*)"


def test_the_work_is_the_same_for_one_similar_ticket_and_for_many(
    make_ticket, alice, django_assert_num_queries
):
    asked, actor = make_ticket(**AGAIN), as_actor(alice)
    for found in (1, 3, 5):
        while len(similar_tickets(asked, actor)) < found:
            make_ticket(**BROKEN)
        with django_assert_num_queries(7):
            similar_tickets(asked, actor)


def test_candidates_come_from_the_index_of_words(make_ticket, alice):
    asked = make_ticket(**AGAIN)
    terms = terms_of_ticket(asked)
    with CaptureQueriesContext(connection) as queries:
        _candidates(terms, visible_tickets(as_actor(alice)))
    assert "LIMIT 400" in queries[-1]["sql"]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT ticket_id FROM tickets_searchdocument "
            "WHERE public @@ to_tsquery('helpdesk', %s)",
            [query_of(terms)],
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Bitmap Index Scan on search_public" in plan

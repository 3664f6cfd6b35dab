"""tickets.actions.rate_ticket and offer_rating (domain-standards.md §10)."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from accounts.actor import system_actor
from tests.factories import as_actor
from tickets.actions import offer_rating, rate_ticket
from tickets.errors import NotPermitted, TicketClosed, TicketNotFound
from tickets.models import AuditEvent, SatisfactionRating


@pytest.mark.parametrize(
    ("is_good", "comment", "score"),
    [
        (True, "", "good"),
        (True, "Quick!", "goodwithcomment"),
        (False, " ", "bad"),
        (False, "Slow.", "badwithcomment"),
    ],
)
def test_the_requester_rates(make_ticket, carol, is_good, comment, score):
    ticket = make_ticket()
    rate_ticket(actor=as_actor(carol), ticket_id=ticket.pk, is_good=is_good, comment=comment)
    ticket.refresh_from_db()
    assert ticket.satisfaction == ticket.rating.score == score
    assert AuditEvent.objects.get(type="SatisfactionRating").value == score


def test_a_rating_can_be_changed_until_the_ticket_is_closed(make_ticket, carol):
    ticket = make_ticket()
    for is_good in (True, False):
        rate_ticket(actor=as_actor(carol), ticket_id=ticket.pk, is_good=is_good)
    assert SatisfactionRating.objects.get().score == "bad"
    closed = make_ticket(status="closed")
    with pytest.raises(TicketClosed):
        rate_ticket(actor=as_actor(carol), ticket_id=closed.pk, is_good=True)


def test_nobody_rates_for_the_requester(make_ticket, alice, dave, mallory):
    ticket = make_ticket(cc_ids=(dave.pk,))
    for person, error in [(alice, NotPermitted), (dave, NotPermitted), (mallory, TicketNotFound)]:
        with pytest.raises(error):
            rate_ticket(actor=as_actor(person), ticket_id=ticket.pk, is_good=True)
    assert not SatisfactionRating.objects.exists()


def test_an_offer_is_made_once_and_never_over_an_answer(make_ticket, carol):
    ticket = make_ticket()
    system = system_actor("automation")
    offer_rating(actor=system, ticket_id=ticket.pk)
    offer_rating(actor=system, ticket_id=ticket.pk)
    ticket.refresh_from_db()
    assert (ticket.satisfaction, ticket.version) == ("offered", 2)
    rate_ticket(actor=as_actor(carol), ticket_id=ticket.pk, is_good=True)
    offer_rating(actor=system, ticket_id=ticket.pk)
    ticket.refresh_from_db()
    assert ticket.satisfaction == "good"


def test_the_database_knows_the_scores(make_ticket, carol):
    rate_ticket(actor=as_actor(carol), ticket_id=make_ticket().pk, is_good=True)
    with pytest.raises(IntegrityError, match="score_is_known"), transaction.atomic():
        SatisfactionRating.objects.update(score="splendid")

"""Taking back a saved property: one's own edit, not what rules or colleagues made of the ticket."""

from __future__ import annotations

import pytest

from tests.factories import as_actor
from tests.macros.rules import CHANGED, condition, effect, submit, trigger
from tickets.actions.puttingback import undo_submit
from tickets.errors import ChangedSince
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


def undo(ticket: Ticket, person) -> Ticket:
    audit = ticket.audits.filter(author=person).latest("id")
    undo_submit(actor=as_actor(person), ticket_id=ticket.pk, audit_id=audit.pk)
    ticket.refresh_from_db()
    return ticket


def test_what_a_rule_added_stays_when_the_own_edit_is_taken_back(make_ticket, alice):
    trigger("Mark", [condition("priority", "is", "high")], effect("current_tags", "hot"))
    ticket = make_ticket(priority="low")
    submit(ticket, alice, priority="high")

    undo(ticket, alice)

    assert (ticket.priority, ticket.tags) == ("low", ["hot"])


def test_an_edit_that_a_rule_has_overruled_is_left_and_says_so(make_ticket, alice):
    trigger("Raise", [CHANGED], effect("priority", "urgent"))
    ticket = make_ticket(priority="low")
    submit(ticket, alice, priority="high")

    with pytest.raises(ChangedSince):
        undo(ticket, alice)

    ticket.refresh_from_db()
    assert ticket.priority == "urgent"


def test_a_colleagues_later_value_is_kept_and_the_rest_is_taken_back(make_ticket, alice, bob):
    ticket = make_ticket(priority="low", tags=("vip",))
    submit(ticket, alice, priority="high", type="incident")
    submit(ticket, bob, priority="urgent")

    undo(ticket, alice)

    assert (ticket.priority, ticket.type) == ("urgent", "")

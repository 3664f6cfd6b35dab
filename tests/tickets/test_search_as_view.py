"""A search that is kept as a view shows what the search found."""

from __future__ import annotations

import pytest

from tests.factories import as_actor
from tickets.conditions import as_q, parse
from tickets.models import Ticket
from tickets.search.as_view import as_view
from tickets.search.operators import read_query
from tickets.selectors.search import find_tickets


@pytest.fixture
def tickets(make_ticket, alice, bob, dave, support):
    make_ticket(subject="Teapot", tags=("vip",), priority="high", assignee_id=alice.pk)
    make_ticket(subject="Kettle", requester=dave, tags=("late",), type="incident")
    make_ticket(subject="Teapot again", status="solved", priority="urgent")
    make_ticket(subject="Billed twice", group_id=support.pk, tags=("vip", "late"))
    make_ticket(subject="Glass lid", body="broken teapot lid", assignee_id=bob.pk, priority="low")


KEPT = [
    "status<solved", "status>=solved", "status<=open", "-status:solved", "status:new status:solved",
    "priority>normal", "priority>=high", "priority<=low", "-priority>normal", "priority:none",
    "type:incident", "tags:vip", "tags:vip,late", "-tags:vip", "tags:none", "assignee:me",
    "assignee:none", "-assignee:none", "assignee:bob@example.com",
    "requester:carol@nordwind.example",
    'requester:"Dave Coll"', "group:support", "organization:nordwind", "via:email", "teapot",
    "teapot lid", '"teapot again"', "teapot -lid", "status<solved teapot", "subject:kettle",
    "created>1day", "-created>1day", "type:ticket tags:late",
]  # fmt: skip


@pytest.mark.parametrize("text", KEPT)
def test_a_view_made_of_a_search_shows_the_same_tickets(tickets, alice, text):
    actor = as_actor(alice)
    made = as_view(text)
    assert made.left_out == []
    in_view = Ticket.objects.filter(as_q(parse(made.conditions), actor))
    found = find_tickets(read_query(text, actor), actor)
    assert {t.pk for t in in_view} == {t.pk for t in found}


LOST = [
    "created>2024-01-31", "cc:me", "external_id:9", "status:odd", "assignee:nobody@x.example",
    "created:1day", "priority<=urgent", "due_date<2030-01-01",
]  # fmt: skip


@pytest.mark.parametrize("text", LOST)
def test_what_a_view_cannot_ask_for_is_named(tickets, text):
    made = as_view(f"teapot {text}")
    assert made.left_out == [text]
    assert [each["field"] for each in made.conditions["all"]] == ["full_text"]

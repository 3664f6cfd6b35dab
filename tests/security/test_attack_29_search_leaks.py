"""Attack 29: search, counts and lists say nothing beyond the permission."""

from __future__ import annotations

import pytest

from tests.factories import api_client
from tests.security.conftest import SECRET

ORACLES = [
    SECRET, "zebra", "zeb", '"zebra-secret"', f"tags:{SECRET}", f"-tags:{SECRET}x tags:{SECRET}",
    "assignee:bob@example.com", "group:billing", "priority:none tags:zebra-secret",
]  # fmt: skip


@pytest.mark.parametrize("query", ORACLES)
@pytest.mark.parametrize("who", ["carol", "dave"])
def test_customers_find_their_ticket_by_nothing_internal(request, world, who, query):
    answer = api_client(request.getfixturevalue(who)).get("/api/v2/search.json", {"query": query})
    assert answer.status_code == 200
    assert answer.json()["count"] == 0


@pytest.mark.parametrize("query", ["type:user carol", "type:organization nordwind", "type:group b"])
def test_customers_search_neither_people_nor_companies(world, carol, query):
    assert api_client(carol).get("/api/v2/search.json", {"query": query}).status_code == 403


def test_a_customers_own_ticket_shows_no_internal_property(world, carol):
    shape = api_client(carol).get(f"/api/v2/tickets/{world.ticket.pk}.json").json()["ticket"]
    assert shape["tags"] == []
    assert shape["follower_ids"] == []
    assert shape["custom_fields"] == []
    assert SECRET not in str(shape)


def test_the_description_of_a_ticket_that_began_with_a_note_is_not_the_note(
    make_ticket, alice, carol
):
    ticket = make_ticket(author=alice, is_public=False, body=SECRET)
    client = api_client(carol)
    assert client.get(f"/api/v2/tickets/{ticket.pk}.json").status_code == 404
    assert client.get("/api/v2/tickets.json").json()["tickets"] == []


def test_an_agent_limited_to_groups_finds_no_other_groups_tickets(world):
    client = api_client(world.people["agent of another group"])
    for query in (SECRET, "status:pending", "requester:carol@nordwind.example"):
        assert client.get("/api/v2/search.json", {"query": query}).json()["count"] == 0

"""Attack 31: no text of a client's becomes SQL or full-text syntax."""

from __future__ import annotations

import pytest

from tests.factories import api_client
from tickets.models import Ticket

PAYLOADS = [
    "'", '"', "';--", "' OR 1=1 --", "1); DROP TABLE tickets_ticket; --", "\\'", "%", "_", "$1",
    "%s", "{0}", "a'::tsquery", "'a' <-> 'b' | !c", "a & | !", "a:*D", "\u2019 OR 1=1",
    "(select pg_sleep(5))", "\ud83d", "￿", "﷽" * 50, "0x27",
]  # fmt: skip
PLACES = [
    ("search.json", "query"), ("search.json", "sort_by"), ("users/search.json", "query"),
    ("tickets.json", "external_id"), ("tickets.json", "sort"), ("tickets.json", "page[after]"),
    ("tickets.json", "page"), ("tickets/show_many.json", "ids"), ("users.json", "role"),
    ("satisfaction_ratings.json", "score"), ("incremental/tickets/cursor.json", "start_time"),
    ("incremental/tickets/cursor.json", "cursor"),
]  # fmt: skip
KEYWORDS = ["status", "priority", "tags", "created", "requester", "assignee", "cc", "group",
            "organization", "subject", "via", "type", "external_id"]  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS)
def test_parameters_are_data(admin, make_ticket, payload):
    make_ticket()
    client = api_client(admin)
    for path, name in PLACES:
        answer = client.get(f"/api/v2/{path}", {name: payload.encode(errors="replace").decode()})
        assert answer.status_code in (200, 400, 422), (path, name)
    assert Ticket.objects.count() == 1


@pytest.mark.parametrize("payload", PAYLOADS)
def test_operators_of_a_search_are_data(admin, make_ticket, payload):
    make_ticket()
    client = api_client(admin)
    clean = payload.encode(errors="replace").decode()
    for keyword in KEYWORDS:
        for sign in ":", "<", ">=":
            answer = client.get("/api/v2/search.json", {"query": f"{keyword}{sign}{clean}"})
            assert answer.status_code in (200, 422), (keyword, sign)
    assert Ticket.objects.count() == 1


def test_a_nul_in_an_address_is_refused(admin):
    client = api_client(admin)
    for path, name in PLACES:
        assert client.get(f"/api/v2/{path}?{name}=a%00b").status_code == 400

"""Attack 30: filter and sort keys come from an allowlist; a lookup path is refused or inert."""

from __future__ import annotations

import pytest

from tests.factories import api_client, as_actor
from tickets.actions import create_view
from tickets.conditions import InvalidCondition
from tickets.models import View

KEYS = [
    "assignee__password", "requester__password__startswith", "-assignee__password",
    "api_tokens__digest", "?", "pk", "id__gt", "id;", "id, (select 1)", "RANDOM()",
    "subject__regex", "custom_fields__1", 'custom_fields_1"', "version",
]  # fmt: skip
LISTS = ["tickets", "users", "groups", "organizations", "group_memberships", "ticket_fields",
         "satisfaction_ratings"]  # fmt: skip


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("name", ["sort", "sort_by"])
def test_lists_refuse_unknown_sort_keys(admin, key, name):
    client = api_client(admin)
    for resource in LISTS:
        answer = client.get(f"/api/v2/{resource}.json", {name: key})
        assert answer.status_code == 400, resource
        assert answer.json()["error"] == "InvalidParameter"


@pytest.mark.parametrize("key", KEYS)
def test_search_refuses_unknown_sort_keys(admin, key):
    answer = api_client(admin).get("/api/v2/search.json", {"query": "x", "sort_by": key})
    assert answer.status_code == 400


def test_lookups_in_parameters_filter_nothing(admin, make_ticket):
    make_ticket()
    client = api_client(admin)
    for name in ("assignee__password__startswith", "requester__email", "id__gt", "filter[status]"):
        answer = client.get("/api/v2/tickets.json", {name: "zzz"})
        assert answer.json()["count"] == 1


def test_a_lookup_in_a_search_query_is_text(admin, make_ticket):
    make_ticket()
    client = api_client(admin)
    for query in ("requester__password:a", "assignee.password:a", "requester_password<b"):
        assert client.get("/api/v2/search.json", {"query": query}).json()["count"] == 0


@pytest.mark.parametrize("field", ["assignee__password", "requester__email", "id", "pk", "", None])
def test_views_refuse_unknown_fields(admin, field):
    raw = {"all": [{"field": field, "operator": "is", "value": "x"}]}
    with pytest.raises(InvalidCondition):
        create_view(actor=as_actor(admin), title="x", conditions=raw)
    assert not View.objects.exists()

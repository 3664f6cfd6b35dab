"""Macros in Zendesk's shape."""

from __future__ import annotations

import pytest

from macros.models import Macro
from tests.factories import api_client

pytestmark = pytest.mark.django_db

TEXT = {"field": "comment_value", "value": ["append", "Hi {{ticket.requester.first_name}}"]}
ACTIONS = [TEXT, {"field": "status", "value": "pending"},
           {"field": "current_tags", "value": "late parcel"}]  # fmt: skip


def made(user, **macro):
    body = {"macro": {"title": "Shipping::Late", "actions": ACTIONS, **macro}}
    return api_client(user).post("/api/v2/macros.json", body, format="json")


def test_a_macro_is_made_shown_changed_and_deleted(lead):
    created = made(lead)
    assert created.status_code == 201
    macro = created.json()["macro"]
    assert macro["restriction"] is None
    assert macro["actions"] == [
        {"field": "comment_value", "value": ["append", "Hi {{ticket.requester.first_name}}"]},
        {"field": "status", "value": "pending"},
        {"field": "current_tags", "value": "late parcel"},
    ]
    client, url = api_client(lead), f"/api/v2/macros/{macro['id']}.json"
    changed = client.put(url, {"macro": {"active": False}}, format="json").json()["macro"]
    assert (changed["active"], changed["title"]) == (False, "Shipping::Late")
    assert client.get("/api/v2/macros/active.json").json()["macros"] == []
    assert client.delete(url).status_code == 204
    assert client.get(url).status_code == 404


def test_an_agent_makes_personal_ones_only(alice, bob):
    own = made(alice).json()["macro"]
    assert own["restriction"] == {"type": "User", "id": alice.pk}
    assert made(alice, restriction=None).status_code == 403
    assert api_client(bob).get(f"/api/v2/macros/{own['id']}.json").status_code == 404
    assert Macro.objects.count() == 1


def test_what_a_macro_makes_of_a_ticket_is_shown_and_not_saved(alice, make_ticket):
    ticket = make_ticket(tags=("new",))
    own = made(alice).json()["macro"]
    client = api_client(alice)
    found = client.get(f"/api/v2/tickets/{ticket.pk}/macros/{own['id']}/apply.json").json()
    after = found["result"]["ticket"]
    assert (after["id"], after["status"]) == (ticket.pk, "pending")
    assert after["tags"] == ["new", "late", "parcel"]
    assert after["comment"] == {"body": "Hi Carol", "html_body": "<p>Hi Carol</p>", "public": True}
    ticket.refresh_from_db()
    assert (ticket.status, ticket.comments.count()) == ("new", 1)
    plain = client.get(f"/api/v2/macros/{own['id']}/apply.json").json()["result"]["ticket"]
    assert plain["status"] == "pending"


def test_lists_are_narrowed_and_carry_usage(lead, alice):
    made(lead)
    made(lead, title="Thanks")
    client = api_client(alice)
    names = client.get("/api/v2/macros/categories.json").json()["categories"]
    assert names == ["Shipping"]
    found = client.get("/api/v2/macros.json?category=Shipping&include=usage_7d").json()["macros"]
    assert [(each["title"], each["usage_7d"]) for each in found] == [("Shipping::Late", 0)]
    assert client.get("/api/v2/macros.json?access=all").status_code == 400


@pytest.mark.parametrize(
    "actions",
    [[], [{"field": "role", "value": "admin"}], [{"field": "notification_user", "value": []}],
     [{"field": "comment_value", "value": ["append", {"x": 1}]}], "text"],
)  # fmt: skip
def test_wrong_actions_are_refused(alice, actions):
    assert made(alice, actions=actions).status_code == 422
    assert Macro.objects.count() == 0

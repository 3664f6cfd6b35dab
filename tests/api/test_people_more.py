"""Merging, identities, suspension, fields and companies by the API, in Zendesk's shape."""

from __future__ import annotations

import pytest

from accounts.actions import save_person_field
from accounts.models import Identity, Organization, User
from tests.factories import api_client, as_actor, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(alice):
    return api_client(alice)


def send(api, verb, path, body=None):
    return getattr(api, verb)(f"/api/v2/{path}.json", body, format="json")


def test_a_person_is_merged_into_the_one_that_the_body_names(api, carol, make_ticket):
    double = make_user("Carol Two", email="two@nordwind.example")
    ticket = make_ticket(requester=double)
    answer = send(api, "put", f"users/{double.pk}/merge", {"user": {"id": carol.pk}})
    assert answer.status_code == 200
    assert answer.json()["user"]["id"] == carol.pk
    ticket.refresh_from_db()
    assert ticket.requester == carol
    gone = send(api, "get", f"users/{double.pk}").json()["user"]
    assert gone["active"] is False


def test_an_unverified_address_has_to_be_accepted_in_so_many_words(api, carol):
    forged = make_user("Carol Two", email="two@evil.example", is_verified=False)
    path, body = f"users/{forged.pk}/merge", {"id": carol.pk}
    refused = send(api, "put", path, {"user": body})
    assert refused.status_code == 422
    assert forged.identities.exists()
    assert send(api, "put", path, {"user": body | {"accept_unverified": True}}).status_code == 200


def test_nobody_merges_staff(api, bob, carol, admin):
    for loser, winner in ((bob, carol), (carol, admin)):
        answer = send(api, "put", f"users/{loser.pk}/merge", {"user": {"id": winner.pk}})
        assert answer.status_code == 403


def test_identities_are_listed_added_chosen_verified_and_deleted(api, carol):
    path = f"users/{carol.pk}/identities"
    made = send(api, "post", path, {"identity": {"type": "email", "value": "C@two.example"}})
    assert made.status_code == 201
    shape = made.json()["identity"]
    assert (shape["value"], shape["primary"], shape["verified"]) == ("c@two.example", False, False)
    own = f"{path}/{shape['id']}"
    assert send(api, "put", f"{own}/verify").json()["identity"]["verified"] is True
    primary = send(api, "put", f"{own}/make_primary").json()["identities"]
    assert [(row["value"], row["primary"]) for row in primary] == [
        ("carol@nordwind.example", False), ("c@two.example", True),
    ]  # fmt: skip
    assert send(api, "get", path).json()["count"] == 2
    assert send(api, "delete", own).status_code == 204
    carol.refresh_from_db()
    assert carol.email == "carol@nordwind.example"
    refused = send(api, "post", path, {"identity": {"type": "phone_number", "value": "1"}})
    assert refused.status_code == 422


def test_an_identity_of_somebody_else_is_not_found(api, carol, dave):
    foreign = dave.identities.get()
    answer = send(api, "delete", f"users/{carol.pk}/identities/{foreign.pk}")
    assert answer.status_code == 404
    assert Identity.objects.filter(pk=foreign.pk).exists()


def test_a_person_is_suspended_tagged_and_given_fields(api, carol, lead, nordwind):
    save_person_field(actor=as_actor(lead), owner="person", key="plan", title="Plan", type="text")
    body = {"suspended": True, "tags": ["VIP"], "user_fields": {"plan": "gold"},
            "organization_id": None}  # fmt: skip
    shape = send(api, "put", f"users/{carol.pk}", {"user": body}).json()["user"]
    assert (shape["suspended"], shape["tags"]) == (True, ["vip"])
    assert (shape["user_fields"], shape["organization_id"]) == ({"plan": "gold"}, None)
    assert send(api, "put", f"users/{carol.pk}", {"user": {"suspended": False}}).status_code == 200
    assert not User.objects.get(pk=carol.pk).is_suspended
    refused = send(api, "put", f"users/{carol.pk}", {"user": {"user_fields": {"no": 1}}})
    assert refused.status_code == 422
    [field] = send(api, "get", "user_fields").json()["user_fields"]
    assert (field["key"], field["type"]) == ("plan", "text")


def test_staff_cannot_be_suspended_and_nobody_lifts_their_own_suspension(api, bob, carol):
    assert send(api, "put", f"users/{bob.pk}", {"user": {"suspended": True}}).status_code == 403
    own = api_client(carol)
    User.objects.filter(pk=carol.pk).update(suspended_at="2026-01-01T00:00:00Z")
    answer = send(own, "put", f"users/{carol.pk}", {"user": {"suspended": False}})
    assert answer.status_code == 401
    assert User.objects.get(pk=carol.pk).is_suspended


def test_companies_are_made_changed_and_found(api, nordwind, carol):
    body = {"name": "South", "domain_names": ["South.example"], "tags": ["key"]}
    made = send(api, "post", "organizations", {"organization": body})
    assert made.status_code == 201
    south = Organization.objects.get(name="South")
    assert made["Location"].endswith(f"/organizations/{south.pk}.json")
    changed = {"organization": {"notes": "Pays late"}}
    shape = send(api, "put", f"organizations/{south.pk}", changed).json()["organization"]
    assert (shape["notes"], shape["domain_names"], shape["tags"]) == (
        "Pays late", ["south.example"], ["key"],
    )  # fmt: skip
    twice = send(api, "post", "organizations", {"organization": {"name": "SOUTH"}})
    assert twice.status_code == 422
    for path in (
        "organizations/autocomplete.json?name=sou",
        "organizations/search.json?name=south",
    ):
        found = api.get(f"/api/v2/{path}").json()["organizations"]
        assert [row["id"] for row in found] == [south.pk]
    people = send(api, "get", f"organizations/{nordwind.pk}/users").json()["users"]
    assert [row["id"] for row in people] == [carol.pk]


def test_people_are_completed_by_their_beginning(api, carol, dave):
    found = api.get("/api/v2/users/autocomplete.json?name=car").json()["users"]
    assert [row["name"] for row in found] == ["Carol Customer"]

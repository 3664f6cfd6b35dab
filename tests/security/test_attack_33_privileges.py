"""Attack 33: nobody raises their own role, edits who stands above them, or speaks as another."""

from __future__ import annotations

import contextlib

import pytest

from accounts.actions import (
    UserChanges,
    add_to_group,
    create_api_token,
    create_group,
    create_user,
    revoke_api_token,
    set_password,
    update_user,
)
from accounts.errors import NotPermitted
from accounts.models import ApiToken, User
from accounts.roles import Role
from tests.factories import api_client, as_actor

BELOW_ADMIN = ["carol", "lightly", "alice", "lead"]


@pytest.mark.parametrize("who", [*BELOW_ADMIN, "admin"])
@pytest.mark.parametrize("role", [Role.AGENT, Role.LEAD, Role.ADMIN, Role.CUSTOMER])
def test_nobody_gives_themselves_another_role(request, who, role):
    person = request.getfixturevalue(who)
    before = person.role
    with contextlib.suppress(NotPermitted):  # the same role again is no change
        update_user(actor=as_actor(person), user_id=person.pk, changes=UserChanges(role=role))
    person.refresh_from_db()
    assert person.role == before


@pytest.mark.parametrize("who", BELOW_ADMIN)
def test_only_who_manages_the_team_touches_staff(request, who, admin, bob, support):
    actor = as_actor(request.getfixturevalue(who))
    before = User.objects.values().get(pk=admin.pk)
    attempts = [
        lambda: update_user(actor=actor, user_id=admin.pk, changes=UserChanges(name="x")),
        lambda: update_user(actor=actor, user_id=bob.pk, changes=UserChanges(role=Role.ADMIN)),
        lambda: set_password(actor=actor, user=admin, password="mine now, thank you"),
        lambda: create_user(actor=actor, name="x", email="x@y.example", role=Role.AGENT),
        lambda: create_group(actor=actor, name="x"),
        lambda: add_to_group(actor=actor, user=bob, group=support),
        lambda: create_api_token(actor=actor, user=admin, name="x"),
    ]
    for attempt in attempts:
        with pytest.raises(NotPermitted):
            attempt()
    assert User.objects.values().get(pk=admin.pk) == before
    assert not ApiToken.objects.exists()
    assert not User.objects.filter(email="x@y.example").exists()


def test_only_owner_and_administrator_end_a_token(alice, bob, admin):
    token, _ = create_api_token(actor=as_actor(alice), user=alice, name="mine")
    with pytest.raises(NotPermitted):
        revoke_api_token(actor=as_actor(bob), token=token)
    token.refresh_from_db()
    assert token.revoked_at is None
    revoke_api_token(actor=as_actor(admin), token=token)
    assert token.revoked_at


@pytest.mark.parametrize("role", ["agent", "admin"])
def test_agents_make_no_staff_through_the_api(alice, role):
    body = {"user": {"name": "X", "email": "x@y.example", "role": role}}
    assert api_client(alice).post("/api/v2/users.json", body).status_code == 403
    assert not User.objects.filter(email="x@y.example").exists()


def test_agents_edit_no_colleague_through_the_api(alice, admin):
    answer = api_client(alice).put(f"/api/v2/users/{admin.pk}.json", {"user": {"name": "X"}})
    assert answer.status_code == 403
    admin.refresh_from_db()
    assert admin.name == "Ada Admin"


def test_a_token_has_no_more_rights_than_its_person_has_now(alice, make_ticket):
    make_ticket()
    client = api_client(alice)
    assert client.get("/api/v2/tickets.json").json()["count"] == 1
    User.objects.filter(pk=alice.pk).update(role=Role.CUSTOMER)
    assert client.get("/api/v2/tickets.json").json()["count"] == 0
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert client.get("/api/v2/tickets.json").status_code == 401

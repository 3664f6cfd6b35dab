"""Completion of people: who is found, what it costs, who may ask."""

from __future__ import annotations

import re

import pytest

from accounts.models import User
from tests.factories import make_user, sign_in

pytestmark = pytest.mark.django_db


def names(answer) -> list[str]:
    return re.findall(r'data-name="([^"]*)"', answer.content.decode())


def test_names_and_addresses_that_begin_with_it_come_first(client, alice, carol, dave):
    make_user("Anna Carolan", email="z@elsewhere.example")
    make_user("Zed", email="caro@elsewhere.example")
    answer = sign_in(client, alice).get("/people/suggest/", {"q": "carol"})
    assert names(answer) == ["Carol Customer", "Anna Carolan"]
    assert f'data-id="{carol.pk}" data-email="carol@nordwind.example"' in answer.content.decode()
    assert names(client.get("/people/suggest/", {"q": "caro"})) == [
        "Carol Customer", "Zed", "Anna Carolan",
    ]  # fmt: skip


def test_staff_and_customers_are_told_apart(client, alice, bob, carol):
    make_user("Bobby Tables", email="bt@elsewhere.example")
    sign_in(client, alice)
    asked = {
        kind: names(client.get("/people/suggest/", {"q": "bob", "kind": kind}))
        for kind in ("staff", "customer", "any")
    }
    assert asked == {
        "staff": ["Bob Baker"], "customer": ["Bobby Tables"], "any": ["Bob Baker", "Bobby Tables"],
    }  # fmt: skip


def test_who_was_switched_off_is_not_offered(client, alice, carol):
    User.objects.filter(pk=carol.pk).update(is_active=False)
    assert names(sign_in(client, alice).get("/people/suggest/", {"q": "carol"})) == []
    assert names(client.get("/people/suggest/", {"q": ""})) == []


def test_a_hostile_name_stays_text(client, alice):
    make_user('"><script>alert(1)</script>', email="xss@elsewhere.example")
    answer = sign_in(client, alice).get("/people/suggest/", {"q": "xss@"})
    assert "<script>" not in answer.content.decode()


def test_the_number_of_queries_is_the_same_for_one_and_for_many(
    client, alice, nordwind, django_assert_max_num_queries
):
    for number in range(12):
        make_user(f"Person {number}", email=f"p{number}@nordwind.example")
    sign_in(client, alice)
    client.get("/people/suggest/", {"q": "Person"})
    with django_assert_max_num_queries(6):
        assert len(names(client.get("/people/suggest/", {"q": "perso"}))) == 8


def test_customers_are_told_nothing(client, carol, dave):
    answer = sign_in(client, carol).get(
        "/people/suggest/", {"q": "dave"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 403

"""accounts.actions: people, their identities, teams and passwords."""

from __future__ import annotations

from threading import Barrier

import pytest
from django.db import IntegrityError, transaction

from accounts.actions import (
    UserChanges,
    add_identity,
    add_to_group,
    create_api_token,
    create_user,
    find_or_create_customers,
    set_password,
    set_theme,
    update_user,
    use_api_token,
    verify_addresses,
)
from accounts.actor import actor_for, customer_actor, system_actor
from accounts.backends import EmailBackend
from accounts.errors import AddressTaken, NotPermitted
from accounts.models import Identity, Membership, User
from accounts.roles import PERMISSIONS, Permission, Role
from accounts.selectors import search_users, visible_users
from tests.factories import PASSWORD, as_actor, make_group, make_user
from tests.workers import at_once

SYSTEM = system_actor("tests")


# People


def test_a_person_has_one_form_of_their_address(db):
    user = create_user(actor=SYSTEM, name=" Nora ", email=" Nora@Shop.Example ")
    assert (user.name, user.email, user.role) == ("Nora", "nora@shop.example", "customer")
    identity = Identity.objects.get()
    assert (identity.value, identity.is_primary, identity.is_verified) == (
        "nora@shop.example", True, False,
    )  # fmt: skip


def test_an_address_belongs_to_one_person(carol):
    with pytest.raises(AddressTaken):
        create_user(actor=SYSTEM, name="Other", email=carol.email.upper())
    assert User.objects.filter(name="Other").count() == 0


def test_the_database_keeps_addresses_lower_case_and_roles_known(carol):
    for values in ({"email": "Carol@X.example"}, {"role": "emperor"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=carol.pk).update(**values)


@pytest.mark.parametrize(
    ("kind", "value", "stored"),
    [
        ("phone", "+49 (30) 1234-567", "+49301234567"),
        ("whatsapp", "0049 30 12", "+493012"),
        ("x", "@BrightCart", "brightcart"),
        ("email", " A@B.Example ", "a@b.example"),
        ("external", " CRM-1 ", "CRM-1"),
    ],
)
def test_identities_have_one_form(carol, kind, value, stored):
    assert add_identity(actor=SYSTEM, user=carol, kind=kind, value=value).value == stored


def test_an_identity_is_never_taken_from_its_owner(carol, mallory):
    add_identity(actor=SYSTEM, user=carol, kind="x", value="carol")
    with pytest.raises(AddressTaken):
        add_identity(actor=as_actor(mallory), user=mallory, kind="x", value="@Carol")
    assert not mallory.identities.filter(kind="x").exists()


def test_nobody_gives_another_an_identity(carol, mallory):
    with pytest.raises(NotPermitted):
        add_identity(actor=as_actor(mallory), user=carol, kind="x", value="mallory")


# Found or made


def test_known_people_are_found_by_any_of_their_addresses(carol):
    add_identity(actor=SYSTEM, user=carol, kind="email", value="carol@home.example")
    found = find_or_create_customers(
        names_by_email={"carol@home.example": "Somebody", carol.email: ""}
    )
    assert set(found.values()) == {carol}
    carol.refresh_from_db()
    assert carol.name == "Carol Customer"


def test_unknown_people_join_the_company_of_their_domain(nordwind):
    found = find_or_create_customers(
        names_by_email={"new@nordwind.example": "", "x@y.example": "X"}
    )
    assert found["new@nordwind.example"].organization == nordwind
    assert found["new@nordwind.example"].name == "new"
    assert found["x@y.example"].organization is None


def test_finding_and_making_costs_the_same_for_one_and_fifty(
    db, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8) as few:
        find_or_create_customers(names_by_email={"one@x.example": "One"})
    with django_assert_num_queries(len(few)):
        find_or_create_customers(names_by_email={f"p{n}@x.example": "" for n in range(50)})
    assert User.objects.count() == Identity.objects.count() == 51


@pytest.mark.django_db(transaction=True)
def test_two_workers_who_meet_the_same_new_address_make_one_person():
    barrier = Barrier(2)

    def meet():
        barrier.wait()
        return find_or_create_customers(names_by_email={"new@x.example": "N"})

    found = at_once(meet, meet)
    assert User.objects.count() == Identity.objects.count() == 1
    assert {people["new@x.example"] for people in found} == {User.objects.get()}


def test_a_proven_address_is_verified_once(db):
    create_user(actor=SYSTEM, name="N", email="n@x.example")
    verify_addresses(emails=["n@x.example", "unknown@x.example"])
    first = Identity.objects.get().verified_at
    verify_addresses(emails=["n@x.example"])
    assert Identity.objects.get().verified_at == first


# Changes


def test_agents_edit_customers_and_people_themselves(alice, carol, nordwind):
    update_user(actor=as_actor(alice), user_id=carol.pk, changes=UserChanges(notes="pays late"))
    update_user(actor=as_actor(carol), user_id=carol.pk, changes=UserChanges(name="Carol C."))
    carol.refresh_from_db()
    assert (carol.notes, carol.name) == ("pays late", "Carol C.")
    with pytest.raises(NotPermitted):
        update_user(actor=as_actor(carol), user_id=carol.pk, changes=UserChanges(notes="VIP"))


def test_an_administrator_gives_roles(admin, carol):
    update_user(actor=as_actor(admin), user_id=carol.pk, changes=UserChanges(role=Role.AGENT))
    carol.refresh_from_db()
    assert carol.role == "agent"


def test_an_unchanged_person_is_not_written(admin, carol, django_assert_num_queries):
    before = carol.updated_at
    update_user(actor=as_actor(admin), user_id=carol.pk, changes=UserChanges(name=carol.name))
    carol.refresh_from_db()
    assert carol.updated_at == before


def test_a_password_is_changed_by_its_owner_or_an_administrator(carol, mallory, admin):
    with pytest.raises(NotPermitted):
        set_password(actor=as_actor(mallory), user=carol, password="taken over now")
    set_password(actor=as_actor(carol), user=carol, password="another good one")
    carol.refresh_from_db()
    assert carol.check_password("another good one")


def test_a_changed_password_ends_the_persons_tokens_and_nobody_elses(carol, mallory):
    _, own = create_api_token(actor=SYSTEM, user=carol, name="script")
    _, other = create_api_token(actor=SYSTEM, user=mallory, name="script")

    set_password(actor=as_actor(carol), user=carol, password="another good one")

    assert use_api_token(secret=own) is None
    assert use_api_token(secret=other) is not None


def test_a_theme_is_one_of_three(carol):
    set_theme(actor=as_actor(carol), theme="dark")
    carol.refresh_from_db()
    assert carol.theme == "dark"
    with pytest.raises(ValueError, match="unknown theme"):
        set_theme(actor=as_actor(carol), theme="'; alert(1)")


# Signing in


def test_sign_in_is_by_address_and_password(alice):
    backend = EmailBackend()
    assert backend.authenticate(None, email=" ALICE@example.com ", password=PASSWORD) == alice
    for email, password in [("alice@example.com", "wrong"), ("nobody@example.com", PASSWORD),
                            ("", ""), ("alice@example.com", "")]:  # fmt: skip
        assert backend.authenticate(None, email=email, password=password) is None
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert backend.authenticate(None, email="alice@example.com", password=PASSWORD) is None
    assert backend.get_user(alice.pk) is None


def test_who_came_by_mail_has_no_password_to_guess(db):
    find_or_create_customers(names_by_email={"n@x.example": "N"})
    for password in ("", "!", "None"):
        assert EmailBackend().authenticate(None, email="n@x.example", password=password) is None


# Actors, roles, teams


def test_each_role_can_what_the_one_below_can():
    below = PERMISSIONS[Role.CUSTOMER]
    for role in (Role.LIGHT_AGENT, Role.AGENT, Role.LEAD, Role.ADMIN):
        assert below < PERMISSIONS[role]
        below = PERMISSIONS[role]
    assert below == frozenset(Permission)


def test_a_switched_off_person_can_nothing(admin):
    User.objects.filter(pk=admin.pk).update(is_active=False)
    actor = as_actor(admin)
    assert not any(actor.can(permission) for permission in Permission)
    assert not actor.is_agent


def test_an_agents_address_in_a_mail_brings_no_agents_rights(admin):
    actor = customer_actor(admin, channel="email")
    assert actor.is_customer
    assert not actor.is_agent
    assert not any(actor.can(permission) for permission in Permission)


def test_an_actor_costs_one_query_for_staff_and_none_for_customers(
    alice, carol, support, django_assert_num_queries
):
    with django_assert_num_queries(1):
        assert actor_for(alice).group_ids == {support.pk}
    with django_assert_num_queries(0):
        assert actor_for(carol).group_ids == frozenset()


def test_the_first_group_is_the_default_one(admin, bob, billing, support):
    add_to_group(actor=as_actor(admin), user=bob, group=support)
    add_to_group(actor=as_actor(admin), user=bob, group=support)
    rows = Membership.objects.filter(user=bob).order_by("id")
    assert list(rows.values_list("group", "is_default")) == [
        (billing.pk, True),
        (support.pk, False),
    ]


# Looking people up


def test_staff_find_people_by_name_and_address(alice, carol, dave):
    make_user("Zoë Zimmer", domain="nordwind.example", email="zz@nordwind.example")
    actor = as_actor(alice)
    assert [user.name for user in search_users("customer", actor)] == ["Carol Customer"]
    assert [user.name for user in search_users("DAVE@", actor)] == ["Dave Colleague"]
    assert [user.name for user in search_users("zoë", actor)] == ["Zoë Zimmer"]
    for nothing in ("", " ", "%", "_", "'", "@nowhere"):
        assert list(search_users(nothing, actor)) == []


def test_case_accents_order_and_the_place_in_a_word_do_not_matter(alice, carol, dave):
    zoe = make_user("Zoë Łukaszewska", email="zz@elsewhere.example")
    actor = as_actor(alice)
    for typed in ("ZOE", "lukas", "ł zoë", "szewska", "zz@", "ELSEWHERE zoe", "zo"):
        assert list(search_users(typed, actor)) == [zoe], typed
    assert list(search_users("zoe carol", actor)) == []


def test_people_are_found_by_number_handle_company_and_tag(alice, carol, dave, nordwind):
    add_identity(actor=SYSTEM, user=carol, kind="phone", value="+49 151 2345678")
    add_identity(actor=SYSTEM, user=dave, kind="mastodon", value="@Dave@social.example")
    User.objects.filter(pk=dave.pk).update(tags=["vip"])
    actor = as_actor(alice)
    assert list(search_users("0151 / 23456", actor)) == [carol]
    assert list(search_users("social.example", actor)) == [dave]
    assert list(search_users("nordw", actor)) == [carol, dave]
    assert list(search_users("VIP", actor)) == [dave]


def test_customers_look_up_themselves_alone(carol, dave, alice):
    actor = as_actor(carol)
    assert list(visible_users(actor)) == [carol]
    assert list(search_users("dave", actor)) == []


@pytest.mark.parametrize(
    ("name", "initials", "first"),
    [
        ("Alice Archer", "AA", "Alice"),
        ("Jean-Luc de la Tour", "JT", "Jean-Luc"),
        ("山田太郎", "山", "山田太郎"),
        ("(no) !name", "?", "(no)"),
        ("x@y.example", "XY", "x@y.example"),
    ],
)
def test_names_are_shortened_for_display(name, initials, first):
    user = User(name=name)
    assert (user.initials, user.first_name) == (initials, first)


def test_groups_have_unique_names(db):
    make_group("Support")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_group("Support")

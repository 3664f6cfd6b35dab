"""Editing customers and companies: properties, addresses, suspension, and who did it."""

from __future__ import annotations

import pytest

from accounts.actions import (
    OrganizationChanges,
    UserChanges,
    add_identity,
    adopt_people,
    create_api_token,
    create_organization,
    lift_suspension,
    make_primary,
    remove_identity,
    save_person_field,
    suspend_user,
    update_organization,
    update_user,
    use_api_token,
    verify_identity,
)
from accounts.backends import EmailBackend
from accounts.duplicates import possible_doubles
from accounts.errors import AddressTaken, InvalidPerson, NotPermitted
from accounts.models import Identity, PeopleEvent, User
from tests.factories import PASSWORD, SETUP, as_actor, make_user, sign_in

pytestmark = pytest.mark.django_db


def history(about) -> list[tuple[object, ...]]:
    rows = PeopleEvent.objects.filter(author__isnull=False).order_by("id")
    rows = rows.filter(person=about) if isinstance(about, User) else rows.filter(organization=about)
    return [(row.kind, row.field_name, row.previous_value, row.value) for row in rows]


def changed(alice, person, **changes) -> User:
    return update_user(actor=as_actor(alice), user_id=person.pk, changes=UserChanges(**changes))


def test_properties_are_cleaned_and_each_change_is_written_down(alice, carol, nordwind):
    person = changed(alice, carol, tags=["VIP", "vip", " big  deal "], notes=" a\r\nb\0 ",
                     language="pt_BR", time_zone="Europe/Berlin", organization_id=0)  # fmt: skip
    assert person.tags == ["vip", "big_deal"]
    assert (person.notes, person.language, person.organization_id) == ("a\nb", "pt-BR", None)
    assert sorted(history(carol)) == [
        ("changed", "language", "", "pt-BR"),
        ("changed", "notes", "", "a\nb"),
        ("changed", "organization_id", nordwind.pk, None),
        ("changed", "tags", [], ["vip", "big_deal"]),
        ("changed", "time_zone", "", "Europe/Berlin"),
    ]
    changed(alice, carol, notes="a\nb")
    assert len(history(carol)) == 5


@pytest.mark.parametrize(
    "changes",
    [{"time_zone": "Mars/Base"}, {"time_zone": "../../etc/passwd"}, {"language": "<b>"},
     {"tags": ["x" * 81]}, {"tags": [str(n) for n in range(51)]}, {"custom_fields": {"no": 1}}],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_changes_nothing(alice, carol, changes):
    with pytest.raises(InvalidPerson):
        changed(alice, carol, **changes)
    assert history(carol) == []


def test_agents_edit_customers_and_never_staff(alice, bob, admin, carol, lightly):
    """Attack 33: with an address of an administrator's an agent could write mail as one."""
    actor = as_actor(alice)
    own = admin.identities.get()
    attempts = [
        lambda: changed(alice, bob, notes="x"),
        lambda: add_identity(actor=actor, user=admin, kind="email", value="x@evil.example"),
        lambda: add_identity(
            actor=as_actor(bob), user=bob, kind="email", value="x@evil.example", is_verified=True
        ),
        lambda: verify_identity(actor=actor, identity_id=own.pk),
        lambda: make_primary(actor=actor, identity_id=own.pk),
        lambda: remove_identity(actor=actor, identity_id=own.pk),
        lambda: suspend_user(actor=actor, user_id=bob.pk),
        lambda: suspend_user(actor=as_actor(admin), user_id=bob.pk),
        lambda: changed(lightly, carol, notes="x"),
        lambda: suspend_user(actor=as_actor(carol), user_id=carol.pk),
    ]
    for attempt in attempts:
        with pytest.raises(NotPermitted):
            attempt()
    assert Identity.objects.filter(user=admin).count() == 1
    assert not PeopleEvent.objects.filter(author__isnull=False).exists()


def test_the_first_address_of_a_kind_is_the_primary_one_and_has_a_successor(alice, carol):
    actor = as_actor(alice)
    second = add_identity(actor=actor, user=carol, kind="email", value="C@Private.example")
    phone = add_identity(actor=actor, user=carol, kind="phone", value="+49 (151) 23-45")
    assert (second.is_primary, phone.is_primary, phone.value) == (False, True, "+491512345")
    make_primary(actor=actor, identity_id=second.pk)
    carol.refresh_from_db()
    assert carol.email == "c@private.example"
    remove_identity(actor=actor, identity_id=second.pk)
    carol.refresh_from_db()
    assert carol.email == "carol@nordwind.example"
    last = carol.identities.get(kind="email")
    assert last.is_primary
    remove_identity(actor=actor, identity_id=last.pk)
    carol.refresh_from_db()
    assert carol.email is None
    assert [kind for kind, *_ in history(carol)] == [
        "identity_added", "identity_added", "identity_changed", "identity_removed",
        "identity_removed",
    ]  # fmt: skip


def test_an_address_of_somebody_else_is_refused_by_name(alice, carol, dave):
    with pytest.raises(AddressTaken, match="Dave Colleague"):
        add_identity(actor=as_actor(alice), user=carol, kind="email", value="DAVE@nordwind.example")


@pytest.mark.parametrize(
    ("kind", "value"),
    [("email", "nobody"), ("email", "a@b\r\nBcc: x@y.example"), ("phone", "12"), ("x", "@"),
     ("fax", "1"), ("mastodon", "x" * 255)],
)  # fmt: skip
def test_what_is_no_address_is_refused(alice, carol, kind, value):
    with pytest.raises(InvalidPerson):
        add_identity(actor=as_actor(alice), user=carol, kind=kind, value=value)


def test_a_suspended_person_cannot_sign_in_and_what_is_open_ends(alice, carol, client):
    _, secret = create_api_token(actor=SETUP, user=carol, name="script")
    sign_in(client, carol)
    suspend_user(actor=as_actor(alice), user_id=carol.pk, reason="Threats")
    sign = EmailBackend().authenticate
    assert client.get("/requests/").status_code == 302
    assert sign(None, email=carol.email, password=PASSWORD) is None
    assert use_api_token(secret=secret) is None
    lift_suspension(actor=as_actor(alice), user_id=carol.pk)
    assert sign(None, email=carol.email, password=PASSWORD) == carol
    assert [(kind, value) for kind, _, _, value in history(carol)] == [
        ("suspended", "Threats"), ("released", None),
    ]  # fmt: skip


def test_a_company_takes_in_the_people_of_its_domains(alice, carol):
    actor = as_actor(alice)
    loose = make_user("Lou Loose", email="lou@süd.example")
    sued = create_organization(actor=actor, name="Süd", domains=["@SÜD.example", "süd.example"])
    assert sued.domains == ["xn--sd-xka.example"]
    assert adopt_people(actor=actor, organization_id=sued.pk) == 1
    loose.refresh_from_db()
    assert loose.organization == sued
    update_organization(
        actor=actor, organization_id=sued.pk, changes=OrganizationChanges(tags=["Key account"])
    )
    assert history(sued) == [
        ("created", "", None, None), ("changed", "people", None, 1),
        ("changed", "tags", [], ["key_account"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [{"name": " "}, {"name": "NORDWIND"}, {"domains": ["nordwind.example"]}, {"domains": ["a b"]}],
)
def test_names_and_domains_belong_to_one_company(alice, nordwind, changes):
    other = create_organization(actor=SETUP, name="Other")
    with pytest.raises(InvalidPerson):
        update_organization(
            actor=as_actor(alice), organization_id=other.pk, changes=OrganizationChanges(**changes)
        )


def test_custom_fields_hold_what_their_type_can(alice, lead, carol):
    actor = as_actor(lead)
    for key, kind in [("seats", "number"), ("since", "date"), ("pays", "checkbox")]:
        save_person_field(actor=actor, owner="person", key=key, title=key, type=kind)
    save_person_field(
        actor=actor, owner="person", key="plan", title="Plan", type="dropdown", options=["a", "b"]
    )
    given = {"seats": "12", "since": "2026-01-31", "pays": "on", "plan": "a"}
    person = changed(alice, carol, custom_fields=given)
    assert person.custom_fields == {
        "seats": 12, "since": "2026-01-31", "pays": True, "plan": "a",
    }  # fmt: skip
    person = changed(alice, carol, custom_fields={"plan": ""})
    assert "plan" not in person.custom_fields
    for wrong in ({"seats": "many"}, {"since": "soon"}, {"plan": "c"}):
        with pytest.raises(InvalidPerson):
            changed(alice, carol, custom_fields=wrong)
    with pytest.raises(NotPermitted):
        save_person_field(actor=as_actor(alice), owner="person", key="x", title="X", type="text")


def test_doubles_are_suggested_with_what_speaks_for_them(alice, carol, dave, nordwind):
    actor = as_actor(alice)
    same_domain = make_user("CAROL CUSTOMER", email="c.customer@nordwind.example")
    by_number = make_user("C. C.", email="cc@private.example")
    make_user("Carol Customer", email="someone@gmail.com", organization_id=None)
    add_identity(actor=actor, user=carol, kind="phone", value="+49 151 2345")
    add_identity(actor=actor, user=by_number, kind="whatsapp", value="0049151 2345")
    found = possible_doubles(carol)
    assert {double.person: {each.kind for each in double.evidence} for double in found} == {
        same_domain: {"name", "domain"}, by_number: {"number"},
    }  # fmt: skip
    assert possible_doubles(alice) == []

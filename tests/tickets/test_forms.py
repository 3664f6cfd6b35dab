"""Custom fields and the forms they stand in."""

from __future__ import annotations

import pytest

from accounts.actor import system_actor
from tests.factories import as_actor
from tickets.actions import (
    FieldDraft,
    FieldGone,
    FormDraft,
    activate_ticket_field,
    activate_ticket_form,
    order_ticket_fields,
    remove_ticket_field,
    remove_ticket_form,
    save_ticket_field,
    save_ticket_form,
    solve_ticket,
    update_ticket,
)
from tickets.drafts import TicketChanges
from tickets.errors import InvalidChange, NotPermitted
from tickets.models import TicketField, TicketForm
from tickets.selectors.forms import customer_fields, fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def make_field(admin):
    def make(title: str, **draft):
        return save_ticket_field(actor=as_actor(admin), draft=FieldDraft(title, **draft))

    return make


@pytest.fixture
def make_form(admin):
    def make(title: str, *fields, **draft):
        ids = [field.pk for field in fields]
        return save_ticket_form(
            actor=as_actor(admin), draft=FormDraft(title, field_ids=ids, **draft)
        )

    return make


def change(person, ticket, **changes):
    return update_ticket(
        actor=as_actor(person), ticket_id=ticket.pk, changes=TicketChanges(**changes)
    )


def test_a_ticket_shows_the_fields_of_its_form_in_its_order(make_ticket, make_field, make_form):
    one, two, three = (make_field(title) for title in ("One", "Two", "Three"))
    form = make_form("Return", three, one)
    assert fields_of(make_ticket()) == [one, two, three]
    assert fields_of(make_ticket(form_id=form.pk)) == [three, one]


def test_solving_needs_what_the_form_wants(make_ticket, make_field, make_form, alice):
    cause = make_field("Cause", is_required_to_solve=True)
    make_field("Elsewhere", is_required_to_solve=True)
    form = make_form("Return", cause)
    ticket = make_ticket(form_id=form.pk)
    with pytest.raises(InvalidChange, match="“Cause”") as refused:
        solve_ticket(actor=as_actor(alice), ticket_id=ticket.pk)
    assert refused.value.field == f"custom_fields_{cause.pk}"
    assert "Elsewhere" not in str(refused.value)
    change(alice, ticket, status="solved", custom_fields={str(cause.pk): "Glue"})
    assert change(alice, ticket, priority="low").status == "solved"


def test_customers_and_rules_solve_without_our_fields(make_ticket, make_field, alice, carol):
    make_field("Cause", is_required_to_solve=True)
    ticket, other = make_ticket(), make_ticket()
    assert change(carol, ticket, status="solved").status == "solved"
    assert solve_ticket(actor=system_actor("clock"), ticket_id=other.pk).status == "solved"


def test_several_of_a_list_are_kept_in_the_lists_order(make_ticket, make_field, alice):
    field = make_field("Parts", type="multiselect", options=("Lid", "Handle", "Base"))
    ticket = make_ticket()
    key = str(field.pk)
    assert change(alice, ticket, custom_fields={key: ["Base", "Lid"]}).custom_fields == {
        key: ["Lid", "Base"]
    }
    with pytest.raises(InvalidChange):
        change(alice, ticket, custom_fields={key: ["Spout"]})
    assert change(alice, ticket, custom_fields={key: []}).custom_fields == {}


def test_a_field_that_tickets_hold_is_not_removed_nor_its_options(make_ticket, make_field, admin):
    field = make_field("Size", type="tagger", options=("small", "large"))
    make_ticket(custom_fields={str(field.pk): "large"})
    actor = as_actor(admin)
    with pytest.raises(InvalidChange):
        remove_ticket_field(actor=actor, field_id=field.pk)
    fewer = FieldDraft("Size", type="tagger", options=("small",))
    with pytest.raises(InvalidChange, match="large"):
        save_ticket_field(actor=actor, draft=fewer, field_id=field.pk)
    more = FieldDraft("Size", type="tagger", options=("large", "huge"))
    assert save_ticket_field(actor=actor, draft=more, field_id=field.pk).options == [
        "large", "huge",
    ]  # fmt: skip
    assert not activate_ticket_field(actor=actor, field_id=field.pk, is_active=False).is_active
    other = make_field("Other")
    remove_ticket_field(actor=actor, field_id=other.pk)
    with pytest.raises(FieldGone):
        remove_ticket_field(actor=actor, field_id=other.pk)


def test_a_form_that_tickets_have_is_switched_off_instead(make_ticket, make_form, admin):
    form = make_form("Return", is_default=True)
    make_ticket(form_id=form.pk)
    actor = as_actor(admin)
    with pytest.raises(InvalidChange):
        remove_ticket_form(actor=actor, form_id=form.pk)
    with pytest.raises(InvalidChange):
        activate_ticket_form(actor=actor, form_id=form.pk, is_active=False)
    other = make_form("Fault", is_default=True)
    assert list(TicketForm.objects.filter(is_default=True)) == [other]
    assert not activate_ticket_form(actor=actor, form_id=form.pk, is_active=False).is_active


def test_customers_fill_in_what_is_visible_to_them(make_field, make_form):
    order = make_field("Order", is_visible_to_customers=True)
    form = make_form("Return", make_field("Cause"), order)
    assert customer_fields(form) == customer_fields(None) == [order]


def test_fields_and_forms_are_set_up_by_who_manages_rules(make_field, alice):
    field = make_field("One")
    with pytest.raises(NotPermitted):
        save_ticket_field(actor=as_actor(alice), draft=FieldDraft("x"), field_id=field.pk)
    with pytest.raises(NotPermitted):
        save_ticket_form(actor=as_actor(alice), draft=FormDraft("x"))
    with pytest.raises(NotPermitted):
        order_ticket_fields(actor=as_actor(alice), field_ids=[])


def test_fields_are_put_into_another_order(make_field, admin):
    one, two, three = (make_field(title) for title in ("One", "Two", "Three"))
    order_ticket_fields(actor=as_actor(admin), field_ids=[three.pk, one.pk])
    assert list(TicketField.objects.order_by("position")) == [three, one, two]


def test_a_wrong_field_says_what_is_wrong(make_field):
    for draft in ({"title": " "}, {"title": "x", "type": "odd"}, {"title": "x", "type": "tagger"}):
        with pytest.raises(InvalidChange):
            make_field(**draft)
    assert make_field("Größe & so").key == "gr-e-so"
    assert make_field("Größe & so").key == "gr-e-so-2"

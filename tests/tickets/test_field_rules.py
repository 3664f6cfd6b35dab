"""Which fields are asked as others stand, and values of a pattern."""

from __future__ import annotations

import time

import pytest

from tests.factories import as_actor
from tickets.actions import (
    ConditionDraft,
    FieldDraft,
    FormDraft,
    save_ticket_field,
    save_ticket_form,
    solve_ticket,
)
from tickets.errors import InvalidChange
from tickets.field_rules import Rule, asked, circle_in
from tickets.field_values import clean_value
from tickets.models import TicketField, TicketFormCondition

RULES = [Rule(1, "Return", 2, is_required=True), Rule(2, "Broken", 3), Rule(4, "true", 5)]


@pytest.mark.parametrize(
    ("values", "shown", "required"),
    [
        ({}, {1, 4}, set()),
        ({"1": "Return"}, {1, 2, 4}, {2}),
        ({"1": "Return", "2": ["Late", "Broken"]}, {1, 2, 3, 4}, {2}),
        ({"1": "Fault", "2": "Broken"}, {1, 4}, set()),
        ({"4": True}, {1, 4, 5}, set()),
        ({"4": False}, {1, 4}, set()),
    ],
)
def test_a_child_is_asked_while_its_parent_is_asked_and_holds_the_value(values, shown, required):
    found = asked([1, 2, 3, 4, 5], RULES, values)
    assert (found.shown, found.required) == (shown, required)


def test_a_parent_outside_the_form_asks_nothing_and_a_circle_ends():
    assert asked([2], RULES, {"1": "Return"}).shown == set()
    circle = [Rule(1, "a", 2), Rule(2, "b", 1)]
    assert asked([1, 2], circle, {"1": "a", "2": "b"}).shown == set()
    assert circle_in(circle) == 1
    assert circle_in(RULES) is None


@pytest.fixture
def topic(db, admin) -> TicketField:
    draft = FieldDraft("Topic", type="tagger", options=("Return", "Fault"))
    return save_ticket_field(actor=as_actor(admin), draft=draft)


@pytest.fixture
def reason(db, admin) -> TicketField:
    return save_ticket_field(actor=as_actor(admin), draft=FieldDraft("Reason"))


def save(admin, conditions, *fields):
    draft = FormDraft("Requests", [f.pk for f in fields], conditions=conditions)
    return save_ticket_form(actor=as_actor(admin), draft=draft)


def test_solving_needs_a_field_only_where_its_condition_asks_for_it(
    make_ticket, admin, alice, topic, reason
):
    form = save(admin, [ConditionDraft(topic.pk, "Return", reason.pk, True)], topic, reason)
    other = make_ticket(form_id=form.pk, custom_fields={str(topic.pk): "Fault"})
    solve_ticket(actor=as_actor(alice), ticket_id=other.pk)
    ticket = make_ticket(form_id=form.pk, custom_fields={str(topic.pk): "Return"})
    with pytest.raises(InvalidChange, match="“Reason”"):
        solve_ticket(actor=as_actor(alice), ticket_id=ticket.pk)


def test_conditions_name_fields_of_the_form_choices_of_the_field_and_no_circle(
    admin, topic, reason
):
    for wrong in (
        [ConditionDraft(topic.pk, "Return", 10**9)],
        [ConditionDraft(topic.pk, "Elsewhere", reason.pk)],
        [ConditionDraft(reason.pk, "x", topic.pk)],
        [ConditionDraft(topic.pk, "Return", topic.pk)],
    ):
        with pytest.raises(InvalidChange):
            save(admin, wrong, topic, reason)
    assert not TicketFormCondition.objects.exists()


def test_a_field_that_leaves_the_form_takes_its_conditions_along(admin, topic, reason):
    form = save(admin, [ConditionDraft(topic.pk, "Return", reason.pk)], topic, reason)
    draft = FormDraft("Requests", [topic.pk])
    save_ticket_form(actor=as_actor(admin), draft=draft, form_id=form.pk)
    assert not form.conditions.exists()


def test_a_value_of_a_pattern_has_its_form_and_no_pattern_can_stop_the_house(db, admin):
    actor = as_actor(admin)
    order = save_ticket_field(
        actor=actor, draft=FieldDraft("Order", type="regexp", pattern=r"^BC-\d{5}$")
    )
    assert clean_value(order, "BC-12345") == "BC-12345"
    with pytest.raises(InvalidChange):
        clean_value(order, "12345")
    evil = save_ticket_field(
        actor=actor, draft=FieldDraft("Evil", type="regexp", pattern=r"^(a+)+$")
    )
    began = time.monotonic()
    with pytest.raises(InvalidChange):
        clean_value(evil, "a" * 900 + "!")
    assert time.monotonic() - began < 0.1


@pytest.mark.parametrize("pattern", ["", "(", r"(?=a)b", r"(a)\1", "a{1000}{1000}", "x" * 501])
def test_a_pattern_that_cannot_be_tried_in_bounded_time_is_refused(db, admin, pattern):
    with pytest.raises(InvalidChange) as refused:
        save_ticket_field(
            actor=as_actor(admin), draft=FieldDraft("Odd", type="regexp", pattern=pattern)
        )
    assert refused.value.field == "pattern"

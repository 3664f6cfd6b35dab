"""What may be saved as an automation, and what becomes of its moments then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.errors import NotPermitted
from core import clock
from macros.actions import (
    AutomationDraft,
    ChangedRule,
    InvalidRule,
    create_automation,
    delete_automation,
    order_automations,
    plan_moments,
    revert_automation,
    set_automation_active,
    sweep_automations,
    update_automation,
)
from macros.actions import automation_sweeps as sweeps
from macros.actions.automation_runs import tick_automations
from macros.actions.automations import LIMIT
from macros.automations.upcoming import progress
from macros.models import Automation, AutomationDue, AutomationSweep, RuleRevision
from tests.factories import SETUP, as_actor, make_ticket
from tickets.actions import create_ticket_field, update_ticket
from tickets.conditions import InvalidCondition
from tickets.conditions.business import forget_schedules
from tickets.drafts import TicketChanges
from tickets.models import Delivery, Schedule

pytestmark = pytest.mark.django_db

T0 = datetime(2026, 3, 2, 11, tzinfo=UTC)
HOUR = timedelta(hours=1)
OLD = {"field": "NEW", "operator": "greater_than", "value": 2}
ONCE = {"field": "NEW", "operator": "is", "value": 2}
NOT_TAGGED = {"field": "current_tags", "operator": "not_includes", "value": ["told"]}
TAGGED = {"field": "current_tags", "operator": "includes", "value": ["told"]}
LOW = {"field": "priority", "operator": "is", "value": "low"}
NOBODYS = {"field": "assignee_id", "operator": "not_present"}
UPDATED = {"field": "updated_hours_ago", "operator": "greater_than", "value": 24}
MAIL = {"field": "notification_user",
           "value": {"who": "requester", "subject": "Hello", "body": "Hello"}}  # fmt: skip


def does(field, value=None):
    return {"field": field, "value": value}


TAG = does("current_tags", ["told"])


@pytest.mark.parametrize(
    ("conditions", "effects"),
    [
        ([ONCE], [MAIL]),
        ([OLD, NOT_TAGGED], [TAG]),
        ([OLD, NOT_TAGGED], [does("set_tags", ["told", "more"])]),
        ([OLD, TAGGED], [does("remove_tags", ["told"])]),
        ([OLD, TAGGED], [does("set_tags", [])]),
        ([OLD], [does("status", "open")]),
        ([OLD, LOW], [does("priority", "high")]),
        ([OLD, NOBODYS], [does("route")]),
        ([UPDATED], [MAIL]),
        ([OLD, {"field": "satisfaction_score", "operator": "is", "value": "unoffered"}],
         [does("satisfaction_score")]),
        ([OLD, {"all": [LOW, NOT_TAGGED]}], [TAG]),
        ({"all": [OLD], "any": [LOW, NOT_TAGGED]}, [does("priority", "high"), TAG]),
        ({"any": [ONCE, {**ONCE, "value": 9}]}, [MAIL]),
    ],
)  # fmt: skip
def test_what_comes_to_an_end_can_be_saved(automate, conditions, effects):
    assert automate(conditions, effects).pk


@pytest.mark.parametrize(
    ("conditions", "effects"),
    [
        ([OLD], [MAIL]),
        ([OLD, TAGGED], [TAG]),
        ([OLD, NOT_TAGGED], [TAG, does("remove_tags", ["told"])]),
        ([OLD, LOW], [does("priority", "low")]),
        ([{"field": "SOLVED", "operator": "greater_than", "value": 1}], [does("status", "solved")]),
        ({"all": [OLD], "any": [LOW, NOT_TAGGED]}, [TAG]),
        ({"any": [ONCE, OLD]}, [MAIL]),
        ([{**UPDATED, "operator": "less_than"}], [MAIL]),
        ([OLD, NOBODYS], [does("assignee_id", None)]),
    ],
)
def test_what_would_run_for_ever_is_refused(automate, conditions, effects):
    with pytest.raises(InvalidRule, match="Add an action that makes one of its conditions false"):
        automate(conditions, effects)
    assert not Automation.objects.filter(key=None).exists()


@pytest.mark.parametrize(
    ("conditions", "effects", "words"),
    [
        ([NOT_TAGGED], [TAG], "Add a condition about time"),
        ([OLD, NOT_TAGGED], [], "Add at least one action"),
        ([ONCE, {"field": "assignee_id", "operator": "is", "value": "current_user"}], [TAG],
         "Nobody is signed in"),
    ],
)  # fmt: skip
def test_other_refusals_say_what_to_do(automate, conditions, effects, words):
    with pytest.raises(InvalidRule, match=words):
        automate(conditions, effects)


def test_conditions_about_a_change_are_for_triggers(automate):
    with pytest.raises(InvalidCondition):
        automate([ONCE, {"field": "update_type", "operator": "is", "value": "Create"}], [TAG])


def test_agents_without_the_right_change_nothing(automate, alice):
    rule = automate([OLD, NOT_TAGGED], [TAG])
    draft = AutomationDraft(title="Mine", conditions={"all": [ONCE]}, effects=[TAG])
    actor = as_actor(alice)
    for attempt in (
        lambda: create_automation(actor=actor, draft=draft),
        lambda: update_automation(actor=actor, automation_id=rule.pk, draft=draft),
        lambda: set_automation_active(actor=actor, automation_id=rule.pk, is_active=False),
        lambda: order_automations(actor=actor, automation_ids=[rule.pk]),
        lambda: delete_automation(actor=actor, automation_id=rule.pk),
        lambda: revert_automation(actor=actor, automation_id=rule.pk, number=1),
    ):
        with pytest.raises(NotPermitted):
            attempt()
    rule.refresh_from_db()
    assert (rule.title, rule.revision, rule.is_active) == ("Rule", 1, True)


def test_five_hundred_can_be_active(automate):
    active = Automation.objects.filter(is_active=True).count()
    Automation.objects.bulk_create(
        Automation(title="x", created_at=T0, updated_at=T0) for _ in range(LIMIT - active)
    )
    with pytest.raises(InvalidRule, match="At most 500 automations"):
        automate([OLD, NOT_TAGGED], [TAG])


def test_revisions_are_kept_and_come_back(automate, admin):
    rule = automate([OLD, NOT_TAGGED], [TAG])
    actor = as_actor(admin)
    draft = AutomationDraft(title="Other", conditions={"all": [ONCE]}, effects=[TAG])
    update_automation(actor=actor, automation_id=rule.pk, draft=draft, expected_revision=1)
    with pytest.raises(ChangedRule):
        update_automation(actor=actor, automation_id=rule.pk, draft=draft, expected_revision=1)
    back = revert_automation(actor=actor, automation_id=rule.pk, number=1)
    assert (back.title, back.revision, back.conditions) == ("Rule", 3, {"all": [OLD, NOT_TAGGED]})
    delete_automation(actor=actor, automation_id=rule.pk)
    last = RuleRevision.objects.filter(kind="automation", rule_id=rule.pk).latest("number")
    assert last.definition["deleted"] is True
    assert last.author == admin


def test_they_stand_in_the_order_given(automate):
    one, two = automate([ONCE], [TAG]), automate([ONCE], [TAG])
    order_automations(actor=SETUP, automation_ids=[two.pk, one.pk])
    rows = Automation.objects.order_by("position").values_list("pk", flat=True)
    assert list(rows[:2]) == [two.pk, one.pk]


def test_moments_of_all_tickets_are_computed_in_batches(automate, carol, monkeypatch):
    monkeypatch.setattr(sweeps, "BATCH", 2)
    monkeypatch.setattr(sweeps, "TURN", 1)
    with clock.frozen(T0):
        tickets = [make_ticket(requester=carol) for _ in range(5)]
    rule = automate([OLD, NOT_TAGGED], [TAG])
    with clock.frozen(T0):
        assert progress(rule) == 0.0
        for _ in range(20):
            if not sweep_automations():
                break
    due = AutomationDue.objects.filter(automation=rule)
    assert {row.ticket_id for row in due} == {ticket.pk for ticket in tickets}
    assert {row.due_at for row in due} == {T0 + 2 * HOUR}
    assert AutomationSweep.objects.get(automation=rule).finished_at == T0
    assert progress(Automation.objects.get(pk=rule.pk)) is None


def test_a_finished_sweep_costs_no_look_at_tickets(automate, django_assert_max_num_queries):
    automate([OLD, NOT_TAGGED], [TAG])
    sweep_automations()
    with django_assert_max_num_queries(5) as queries:
        sweep_automations()
    assert not any("tickets_ticket" in query["sql"] for query in queries)


def test_changed_conditions_are_computed_anew(automate, carol):
    with clock.frozen(T0):
        ticket = make_ticket(requester=carol)
    rule = automate([OLD, NOT_TAGGED], [TAG])
    sweep_automations()
    later = AutomationDraft(
        title="Rule", conditions={"all": [{**OLD, "value": 9}, NOT_TAGGED]}, effects=[TAG]
    )
    with clock.frozen(T0 + HOUR):
        update_automation(actor=SETUP, automation_id=rule.pk, draft=later)
        sweep_automations()
    assert AutomationDue.objects.get(automation=rule, ticket=ticket).due_at == T0 + 9 * HOUR
    elsewhere = AutomationDraft(title="Rule", conditions={"all": [ONCE, LOW]}, effects=[TAG])
    with clock.frozen(T0 + HOUR):
        update_automation(actor=SETUP, automation_id=rule.pk, draft=elsewhere)
        sweep_automations()
    assert AutomationDue.objects.get(automation=rule, ticket=ticket).due_at is None


def test_one_switched_off_does_nothing_and_on_again_everything(automate, carol):
    rule = automate([OLD, NOT_TAGGED], [TAG])
    with clock.frozen(T0):
        ticket = make_ticket(requester=carol)
    set_automation_active(actor=SETUP, automation_id=rule.pk, is_active=False)
    with clock.frozen(T0 + 3 * HOUR):
        assert tick_automations() == 0
        sweep_automations()
        assert not AutomationDue.objects.filter(automation=rule, due_at__isnull=False).exists()
        set_automation_active(actor=SETUP, automation_id=rule.pk, is_active=True)
        sweep_automations()
        assert tick_automations() == 1
    ticket.refresh_from_db()
    assert ticket.tags == ["told"]


def test_changed_business_hours_move_the_moments(automate, carol):
    schedule = Schedule.objects.create(
        name="House", time_zone="UTC", intervals=[[1440 + 540, 1440 + 1020]], created_at=T0,
        updated_at=T0 - HOUR,
    )  # fmt: skip
    forget_schedules()
    with clock.frozen(T0):  # Monday, eleven o'clock
        ticket = make_ticket(requester=carol)
    rule = automate([{**OLD, "operator": "greater_than_business_hours"}, NOT_TAGGED], [TAG])
    with clock.frozen(T0):
        sweep_automations()
    assert AutomationDue.objects.get(automation=rule, ticket=ticket).due_at == T0 + 2 * HOUR
    Schedule.objects.filter(pk=schedule.pk).update(
        intervals=[[1440 + 540, 1440 + 720], [2880 + 540, 2880 + 720]], updated_at=T0
    )
    with clock.frozen(T0 + timedelta(minutes=1)):
        sweep_automations()
    tomorrow = T0.replace(day=3, hour=10)
    assert AutomationDue.objects.get(automation=rule, ticket=ticket).due_at == tomorrow
    forget_schedules()


def test_a_batch_of_tickets_costs_as_many_queries_as_one(
    automate, carol, alice, django_assert_num_queries
):  # fmt: skip
    for _ in range(3):
        automate([OLD, NOT_TAGGED], [TAG])
    tickets = [make_ticket(requester=carol) for _ in range(10)]
    AutomationDue.objects.all().delete()
    plan_moments(tickets[:1])
    AutomationDue.objects.all().delete()
    with CaptureQueriesContext(connection) as one:
        plan_moments(tickets[:1])
    AutomationDue.objects.all().delete()
    with django_assert_num_queries(len(one)):
        plan_moments(tickets)


def test_what_names_a_deleted_field_is_marked_and_its_owner_told(automate, admin, carol):
    row = create_ticket_field(actor=as_actor(admin), key="size", title="Size", type="text")
    name = f"custom_fields_{row.pk}"
    rule = automate([ONCE, {"field": name, "operator": "present"}], [TAG])
    Automation.objects.filter(pk=rule.pk).update(updated_by=admin)
    row.delete()
    for _ in range(2):
        ticket = make_ticket(requester=carol)  # goes on as if nothing were wrong
    rule.refresh_from_db()
    assert name in rule.error
    assert Delivery.objects.filter(recipient=admin, subject__contains="does not work").count() == 1
    sweep_automations()
    update_ticket(actor=SETUP, ticket_id=ticket.pk, changes=TicketChanges(priority="low"))

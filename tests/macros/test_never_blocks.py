"""What no rule and no odd value may do: keep a ticket from being saved, a list from being shown."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection

from macros.actions import order_triggers
from macros.actions.automations import AutomationDraft, create_automation
from macros.actions.routing_settings import add_skill_rule, create_skill
from macros.actions.rules import mark_failing
from macros.actions.sla import SlaPolicyDraft, create_sla_policy
from macros.errors import InvalidRule
from macros.models import SlaClock, SlaPolicy, Trigger
from macros.sla import policies
from tests.factories import SETUP, as_actor
from tests.macros.rules import CHANGED, condition, effect, submit, trigger
from tickets.actions import create_ticket_field
from tickets.actions.views import create_view
from tickets.conditions import Purpose, due
from tickets.conditions.offers import offers
from tickets.errors import InvalidChange
from tickets.models import Delivery, Ticket
from tickets.selectors.views import counted_views

pytestmark = pytest.mark.django_db

TARGETS = [{"priority": "", "metric": "requester_wait_time", "target": 60, "business_hours": False}]


def policy(title: str, *conditions, by=None) -> SlaPolicy:
    draft = SlaPolicyDraft(title=title, conditions={"all": list(conditions)}, targets=TARGETS)
    return create_sla_policy(actor=as_actor(by) if by else SETUP, draft=draft)


def number_field():
    return create_ticket_field(actor=SETUP, key="n", title="N", type="decimal")


@pytest.mark.parametrize("value", ["NaN", "sNaN", "Infinity", "1e30", 10**30, float("inf")])
def test_numbers_that_cannot_be_compared_are_refused(make_ticket, alice, value):
    field = number_field()
    ticket = make_ticket()
    with pytest.raises(InvalidChange, match="is not a Decimal number"):
        submit(ticket, alice, custom_fields={str(field.pk): value})


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e30"])
def test_those_of_old_data_break_neither_submit_nor_list(make_ticket, alice, value):
    field = number_field()
    asked = condition(f"custom_fields_{field.pk}", "less_than", 5)
    policy("Few", asked)
    trigger("Few", [CHANGED, asked], effect("priority", "low"))
    ticket = make_ticket()
    Ticket.objects.filter(pk=ticket.pk).update(custom_fields={str(field.pk): value})
    submit(ticket, alice, subject="Again")
    view = create_view(
        actor=as_actor(alice), title="V", owner_id=alice.pk,
        conditions={"all": [condition("status", "less_than", "solved"), asked]},
    )  # fmt: skip
    assert counted_views([view], as_actor(alice))[0].count == 0


@pytest.mark.parametrize("year", [1, 9999])
def test_a_due_date_stays_within_the_calendar(make_ticket, alice, year):
    at = datetime(year, 12, 31, 23, tzinfo=UTC)
    ticket = make_ticket()
    with pytest.raises(InvalidChange, match="1970 to 2200"):
        submit(ticket, alice, type="task", due_at=at)
    for name in ("due_date", "until_due_date"):
        draft = AutomationDraft(
            name, {"all": [condition(name, "is", 24)]}, [effect("priority", "high")]
        )
        create_automation(actor=SETUP, draft=draft)
    Ticket.objects.filter(pk=ticket.pk).update(due_at=at, type="task")
    submit(ticket, alice, subject="Again")


def test_an_automation_that_cannot_be_judged_leaves_the_ticket_alone(
    make_ticket, alice, monkeypatch
):
    draft = AutomationDraft("A", {"all": [condition("OPEN", "is", 24)]}, [effect("type", "task")])
    create_automation(actor=SETUP, draft=draft)
    ticket = make_ticket()
    monkeypatch.setattr(due, "_hours", lambda *_: 1 / 0)
    assert submit(ticket, alice, status="open", subject="Again").subject == "Again"


def test_a_policy_that_names_a_deleted_field_is_marked_and_its_owner_told_once(
    make_ticket, alice, lead
):
    field = number_field()
    broken = policy("Few", condition(f"custom_fields_{field.pk}", "less_than", 5), by=lead)
    field.delete()
    policy("All")
    ticket = make_ticket()
    submit(ticket, alice, subject="Again")
    broken.refresh_from_db()
    assert "There is no field" in broken.error
    told = Delivery.objects.get(subject="A rule does not work: Few")
    assert (told.recipient, "The SLA policy “Few”" in told.body) == (lead, True)
    assert SlaClock.objects.filter(ticket=ticket, policy_title="All").exists()


def test_a_policy_that_cannot_be_judged_leaves_the_ticket_to_the_next(
    make_ticket, alice, monkeypatch
):
    policy("Odd", condition("replies", "less_than", 5))
    policy("All")
    judged = policies.holds
    monkeypatch.setattr(
        policies, "holds", lambda asked, at: 1 / 0 if list(asked) else judged(asked, at)
    )
    ticket = make_ticket()
    assert SlaClock.objects.get(ticket=ticket).policy_title == "All"


def test_moving_a_rule_changes_neither_its_owner_nor_that_it_fails(lead, admin):
    one = trigger("One", [CHANGED], effect("priority", "low"), by=lead)
    two = trigger("Two", [CHANGED], effect("priority", "low"), by=lead)
    mark_failing(kind="trigger", rule_id=one.pk, error="It does not work.")
    order_triggers(actor=as_actor(admin), category_id=one.category_id, trigger_ids=[two.pk, one.pk])
    one.refresh_from_db()
    assert (one.error, one.updated_by) == ("It does not work.", lead)
    assert one.revision == 2


@pytest.mark.django_db(transaction=True)
def test_two_submits_that_mark_a_rule_do_not_wait_for_each_other(alice):
    rule = trigger("One", [CHANGED], effect("priority", "low"))
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '2s'")
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT 1 FROM macros_trigger WHERE id = %s FOR UPDATE", [rule.pk])
        try:
            assert mark_failing(kind="trigger", rule_id=rule.pk, error="No.") is False
        finally:
            cursor.execute("ROLLBACK")
    other.close()
    assert mark_failing(kind="trigger", rule_id=rule.pk, error="No.") is True
    assert Trigger.objects.get(pk=rule.pk).error == "No."


def test_policies_and_skills_do_not_ask_who_is_signed_in():
    mine = condition("assignee_id", "is", "current_user")
    with pytest.raises(InvalidRule, match="Nobody is signed in"):
        policy("Mine", mine)
    skill = create_skill(actor=SETUP, name="French")
    with pytest.raises(InvalidRule, match="Nobody is signed in"):
        add_skill_rule(actor=SETUP, skill_id=skill.pk, conditions={"all": [mine]})


@pytest.mark.parametrize(
    ("purpose", "offered"),
    [(Purpose.VIEW, True), (Purpose.TRIGGER, True), (Purpose.SLA, False),
     (Purpose.AUTOMATION, False)],
)  # fmt: skip
def test_whoever_is_signed_in_is_offered_only_where_somebody_is(lead, purpose, offered):
    assignee = next(row for row in offers(purpose, as_actor(lead)) if row.name == "assignee_id")
    assert (("current_user", "(the current user)") in assignee.choices) is offered

"""Automations run at their moment, once, judged again on the ticket as it is then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core import clock
from macros.actions import sweep_automations, update_automation
from macros.actions.automation_runs import tick_automations
from macros.actions.automations import AutomationDraft
from macros.automations.moments import RUNS_LIMIT
from macros.automations.upcoming import due_on, next_due
from macros.models import Automation, AutomationDue, RuleKind, RuleRun
from tests.factories import SETUP, as_actor, make_group
from tickets.actions import delete_ticket, restore_ticket, update_ticket
from tickets.conditions.business import forget_schedules
from tickets.drafts import CommentDraft, TicketChanges
from tickets.models import Audit, AuditEvent, Delivery, EventType, Schedule, Ticket

pytestmark = pytest.mark.django_db

T0 = datetime(2026, 3, 2, 11, tzinfo=UTC)
HOUR = timedelta(hours=1)
TAG = {"field": "current_tags", "value": ["told"]}
NOT_TAGGED = {"field": "current_tags", "operator": "not_includes", "value": ["told"]}


def since(field, hours, operator="greater_than"):
    return {"field": field, "operator": operator, "value": hours}


def tick(at):
    with clock.frozen(at):
        return tick_automations()


def change(ticket, user, at, **changes):
    with clock.frozen(at):
        return update_ticket(
            actor=as_actor(user), ticket_id=ticket.pk, changes=TicketChanges(**changes)
        )


@pytest.fixture
def ticket(make_ticket):
    with clock.frozen(T0):
        return make_ticket()


def test_the_stock_automation_closes_four_days_after_solved(ticket, alice):
    change(ticket, alice, T0, status="solved")
    due = T0 + 96 * HOUR
    assert tick(due - timedelta(seconds=1)) == 0
    assert tick(due) == 1
    ticket.refresh_from_db()
    assert ticket.status == "closed"
    audit = Audit.objects.filter(ticket=ticket).latest("id")
    stock = Automation.objects.get(key="close_solved")
    cause = {"kind": "automation", "id": stock.pk, "title": stock.title, "revision": 1}
    assert audit.cause == cause
    event = audit.events.get(field_name="status")
    assert (event.previous_value, event.value, event.cause) == ("solved", "closed", cause)
    assert not AutomationDue.objects.filter(ticket=ticket).exists()


def test_what_it_did_and_what_it_did_not_do_is_noted(ticket, alice, automate):
    rule = automate([since("NEW", 2), NOT_TAGGED], [TAG])
    with clock.frozen(T0):
        sweep_automations()
    tick(T0 + 2 * HOUR)
    run = RuleRun.objects.get(ticket=ticket, kind=RuleKind.AUTOMATION)
    assert run.results == [[rule.pk, 1, "f", None]]
    assert run.audit == Audit.objects.filter(ticket=ticket).latest("id")


def test_a_ticket_changed_meanwhile_is_judged_anew(ticket, alice, automate):
    automate([since("updated_hours_ago", 2), NOT_TAGGED], [TAG])
    with clock.frozen(T0):
        sweep_automations()
    change(ticket, alice, T0 + HOUR, priority="high")
    assert tick(T0 + 2 * HOUR) == 0
    assert tick(T0 + 3 * HOUR) == 1
    ticket.refresh_from_db()
    assert ticket.tags == ["told"]


def test_a_row_that_is_not_true_any_more_does_nothing(ticket, automate):
    rule = automate([since("NEW", 2), NOT_TAGGED], [TAG])
    with clock.frozen(T0):
        sweep_automations()
    Ticket.objects.filter(pk=ticket.pk).update(tags=["told"])  # behind the write path
    assert tick(T0 + 2 * HOUR) == 1
    ticket.refresh_from_db()
    assert ticket.version == 1
    assert AutomationDue.objects.get(automation=rule).due_at is None
    run = RuleRun.objects.get(ticket=ticket, kind=RuleKind.AUTOMATION)
    assert run.results == [[rule.pk, 1, "n", 1]]


def test_a_condition_that_is_true_for_an_hour_runs_once_in_it(ticket, carol, alice, automate):
    notice = {"who": "requester", "subject": "Still there?", "body": "We wait for you."}
    automate([since("PENDING", 24, "is")], [{"field": "notification_user", "value": notice}])
    change(ticket, alice, T0, status="pending", assignee_id=alice.pk)
    due = T0 + 24 * HOUR
    for minute in (0, 1, 30, 59, 61, 600):
        tick(due + timedelta(minutes=minute))
    change(ticket, alice, due + timedelta(minutes=40), priority="low")
    tick(due + timedelta(minutes=41))
    assert Delivery.objects.filter(ticket=ticket, subject="Still there?").count() == 1


def test_alternatives_run_each_at_their_time(ticket, alice, automate):
    automate(
        {"any": [since("PENDING", 24, "is"), since("PENDING", 72, "is")]},
        [{"field": "notification_user",
          "value": {"who": "requester", "subject": "Still there?", "body": "We wait."}}],
    )  # fmt: skip
    change(ticket, alice, T0, status="pending", assignee_id=alice.pk)
    for hour in range(100):
        tick(T0 + hour * HOUR)
    sent = Delivery.objects.filter(ticket=ticket, subject="Still there?")
    assert [row.created_at - T0 for row in sent.order_by("id")] == [24 * HOUR, 72 * HOUR]


def test_it_runs_again_when_its_conditions_begin_again(ticket, alice, automate):
    rule = automate([since("PENDING", 2), NOT_TAGGED], [TAG])
    change(ticket, alice, T0, status="pending", assignee_id=alice.pk)
    tick(T0 + 2 * HOUR)
    change(ticket, alice, T0 + 3 * HOUR, tags=())
    tick(T0 + 3 * HOUR)
    ticket.refresh_from_db()
    assert ticket.tags == ["told"]
    assert AutomationDue.objects.get(automation=rule).runs == 2


def test_it_ends_after_a_hundred_runs_and_says_so(ticket, alice, automate):
    rule = automate([since("NEW", 2), NOT_TAGGED], [TAG])
    with clock.frozen(T0):
        sweep_automations()
    AutomationDue.objects.filter(automation=rule).update(runs=RUNS_LIMIT - 1)
    tick(T0 + 2 * HOUR)
    change(ticket, alice, T0 + 3 * HOUR, tags=())
    tick(T0 + 3 * HOUR)
    ticket.refresh_from_db()
    assert ticket.tags == []
    said = AuditEvent.objects.get(audit__ticket=ticket, type=EventType.ERROR)
    assert said.value == "“Rule” has run 100 times on this ticket and ends here."


def test_what_was_due_while_nobody_was_there_is_made_up_for(ticket, alice, automate):
    notice = {"who": "requester", "subject": "Still there?", "body": "We wait for you."}
    automate([since("PENDING", 24, "is")], [{"field": "notification_user", "value": notice}])
    change(ticket, alice, T0, status="pending", assignee_id=alice.pk)
    tick(T0 + 27 * HOUR)
    assert Delivery.objects.filter(ticket=ticket, subject="Still there?").count() == 1


def test_one_after_the_other_sees_what_the_one_before_has_changed(ticket, automate):
    automate([since("NEW", 2), NOT_TAGGED], [TAG])
    second = automate(
        [since("NEW", 2), NOT_TAGGED], [{"field": "priority", "value": "urgent"}, TAG]
    )
    with clock.frozen(T0):
        sweep_automations()
    tick(T0 + 2 * HOUR)
    ticket.refresh_from_db()
    assert (ticket.priority, ticket.tags) == ("", ["told"])
    assert AutomationDue.objects.get(automation=second).runs == 0


def test_triggers_run_after_it_as_on_any_submit(ticket, alice, automate, support):
    automate([since("NEW", 2)], [{"field": "assignee_id", "value": alice.pk}])
    with clock.frozen(T0):
        sweep_automations()
    tick(T0 + 2 * HOUR)
    told = Delivery.objects.get(ticket=ticket, recipient=alice)
    assert "Assigned to you" in told.subject
    audit = Audit.objects.filter(ticket=ticket).latest("id")
    causes = {event.cause["kind"] for event in audit.events.all()}
    assert causes == {"automation", "trigger"}


def test_one_that_fails_is_marked_and_the_ticket_kept(ticket, admin, alice, automate):
    rule = automate(
        [since("NEW", 2), NOT_TAGGED],
        [TAG, {"field": "comment_value", "value": {"mode": "append", "text": "Nobody's word"}}],
    )  # fmt: skip
    Automation.objects.filter(pk=rule.pk).update(updated_by=admin)
    with clock.frozen(T0):
        sweep_automations()
    assert tick(T0 + 2 * HOUR) == 1
    assert tick(T0 + 2 * HOUR + timedelta(minutes=5)) == 0
    ticket.refresh_from_db()
    rule.refresh_from_db()
    assert ticket.tags == []
    assert "assignee" in rule.error
    error = AuditEvent.objects.get(audit__ticket=ticket, type=EventType.ERROR)
    assert error.cause["id"] == rule.pk
    # Tried again when the ticket changes …
    change(ticket, alice, T0 + 3 * HOUR, priority="low")
    assert tick(T0 + 3 * HOUR) == 1
    # … and when the rule is corrected.
    with clock.frozen(T0 + 4 * HOUR):
        draft = AutomationDraft(title="Rule", conditions=rule.conditions, effects=[TAG])
        update_automation(actor=SETUP, automation_id=rule.pk, draft=draft)
    assert tick(T0 + 4 * HOUR) == 1
    ticket.refresh_from_db()
    assert ticket.tags == ["told"]


def test_business_hours_across_the_change_of_clocks(make_ticket, automate, admin):
    with clock.frozen(T0):
        Schedule.objects.create(
            name="Berlin", time_zone="Europe/Berlin", created_at=T0, updated_at=T0,
            intervals=[[day * 1440 + 540, day * 1440 + 1020] for day in (0, 5)],
        )  # fmt: skip
    forget_schedules()
    automate([since("NEW", 8, "greater_than_business_hours"), NOT_TAGGED], [TAG])
    with clock.frozen(datetime(2026, 3, 27, 14, tzinfo=UTC)):  # Friday, 15:00 in Berlin
        ticket = make_ticket()
    due = datetime(2026, 3, 29, 13, tzinfo=UTC)  # Sunday, 15:00 summer time
    assert tick(due - timedelta(seconds=1)) == 0
    assert tick(due) == 1
    ticket.refresh_from_db()
    assert ticket.tags == ["told"]
    forget_schedules()


def test_a_customers_word_takes_the_moment_away(ticket, alice, carol):
    change(ticket, alice, T0, status="solved")
    stock = Automation.objects.get(key="close_solved")
    assert [due for _, due in due_on(actor=as_actor(alice), ticket=ticket)] == [T0 + 96 * HOUR]
    assert next_due(actor=as_actor(alice), automation=stock) == [(ticket, T0 + 96 * HOUR)]
    with clock.frozen(T0 + HOUR):
        update_ticket(
            actor=as_actor(carol), ticket_id=ticket.pk,
            comment=CommentDraft(author_id=carol.pk, body="It is broken again."),
        )  # fmt: skip
    assert due_on(actor=as_actor(alice), ticket=ticket) == []
    assert next_due(actor=as_actor(carol), automation=stock) == []


def test_deleted_tickets_are_left_alone(ticket, admin, alice):
    change(ticket, alice, T0, status="solved")
    with clock.frozen(T0 + HOUR):
        delete_ticket(actor=as_actor(admin), ticket_id=ticket.pk)
    assert tick(T0 + 97 * HOUR) == 0
    with clock.frozen(T0 + 98 * HOUR):
        restore_ticket(actor=as_actor(admin), ticket_id=ticket.pk)
    assert tick(T0 + 98 * HOUR) == 1


def test_two_that_undo_each_other_run_in_turns_of_an_hour_and_end(ticket, automate):
    """Attack 50."""
    tagged = {**NOT_TAGGED, "operator": "includes"}
    automate([since("NEW", 2), NOT_TAGGED], [TAG], title="On")
    automate([since("NEW", 2), tagged], [{**TAG, "field": "remove_tags"}], title="Off")
    with clock.frozen(T0):
        sweep_automations()
    for minute in range(0, 180, 5):
        tick(T0 + 2 * HOUR + timedelta(minutes=minute))
    assert set(AutomationDue.objects.values_list("runs", flat=True)) == {3}
    AutomationDue.objects.update(runs=RUNS_LIMIT - 1)
    for hour in range(10, 16):
        tick(T0 + hour * HOUR)
    assert set(AutomationDue.objects.values_list("due_at", "runs")) == {(None, RUNS_LIMIT)}
    ends = AuditEvent.objects.filter(audit__ticket=ticket, type=EventType.ERROR)
    assert {event.cause["title"] for event in ends} == {"On", "Off"}


def test_a_deleted_group_fails_the_run_as_a_whole(ticket, automate, admin):
    group = make_group("Short-lived")
    notice = {"group_id": group.pk, "subject": "Look", "body": "Look"}
    rule = automate(
        [since("NEW", 2), NOT_TAGGED], [TAG, {"field": "notification_group", "value": notice}]
    )
    group.delete()
    with clock.frozen(T0):
        sweep_automations()
    tick(T0 + 2 * HOUR)
    ticket.refresh_from_db()
    rule.refresh_from_db()
    assert (ticket.tags, "not there any more" in rule.error) == ([], True)
    assert RuleRun.objects.get(ticket=ticket, kind=RuleKind.AUTOMATION).results[0][2] == "e"

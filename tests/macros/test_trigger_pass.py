"""One pass of the triggers over a submit, exactly as domain-standards.md §3 has it."""

from __future__ import annotations

import pytest

from macros.actions import order_triggers, save_category, set_trigger_active
from macros.models import Trigger
from macros.runs import FIRED, NOT_MET
from tests import factories
from tests.factories import as_actor
from tests.macros.rules import (
    CHANGED,
    CREATED,
    by_rules,
    condition,
    effect,
    events,
    notice,
    results,
    submit,
    trigger,
)
from tickets.actions import close_tickets, create_ticket_field, delete_ticket, solve_ticket
from tickets.actions.schedules import ScheduleDraft, save_schedule
from tickets.models import Delivery, EventType, FieldType
from tickets.selectors.search import search_tickets

pytestmark = pytest.mark.django_db


def test_triggers_run_by_category_then_position(make_ticket, alice):
    second = save_category(actor=factories.SETUP, name="Later")
    trigger("Third", [CHANGED], effect("current_tags", "third"), category_id=second.pk)
    first = trigger("First", [CHANGED], effect("current_tags", "first"))
    other = trigger("Second", [CHANGED], effect("current_tags", "second"))
    ticket = make_ticket()

    submit(ticket, alice, priority="low")
    ticket.refresh_from_db()
    assert ticket.tags == ["first", "second", "third"]

    order_triggers(
        actor=factories.SETUP, category_id=first.category_id, trigger_ids=[other.pk, first.pk]
    )
    other_ticket = make_ticket()
    submit(other_ticket, alice, priority="low")
    other_ticket.refresh_from_db()
    assert other_ticket.tags == ["second", "first", "third"]


def test_a_triggers_change_is_seen_by_the_next_one_and_starts_the_pass_anew(make_ticket, alice):
    trigger("Late", [condition("priority", "is", "urgent")], effect("current_tags", "hot"))
    trigger("Early", [condition("current_tags", "includes", "vip")], effect("priority", "urgent"))
    ticket = make_ticket()

    submit(ticket, alice, tags=("vip",))

    ticket.refresh_from_db()
    assert ticket.tags == ["vip", "hot"]
    assert by_rules(ticket) == [
        ("priority", "urgent", "Early"), ("tags", ["vip", "hot"], "Late"),
    ]  # fmt: skip


def test_each_trigger_fires_at_most_once_in_a_submit(make_ticket, alice):
    again = trigger("Again", [CHANGED], effect("current_tags", "seen"), notice(alice.pk))
    trigger("Later", [CHANGED], effect("priority", "high"))
    ticket = make_ticket()

    submit(ticket, alice, subject="New")

    assert [event.cause["id"] for event in events(ticket) if event.cause].count(again.pk) == 1


def test_a_trigger_that_only_notifies_does_not_start_the_pass_anew(make_ticket, alice, bob):
    trigger("After", [condition("type", "is", "problem")], effect("priority", "high"))
    trigger("Tell", [CHANGED], notice(bob.pk))
    ticket = make_ticket()

    submit(ticket, alice, subject="New")

    ran = [event.field_name for event in events(ticket) if event.cause]
    assert ran == ["notification"]


def test_what_did_not_fire_says_which_condition_decided(make_ticket, alice):
    rule = trigger(
        "Choosy",
        [condition("priority", "is", "urgent"), CHANGED, condition("type", "is", "question")],
        effect("current_tags", "x"),
    )  # fmt: skip
    ticket = make_ticket(type="question", priority="urgent")
    assert (results(ticket)[rule.pk].outcome, results(ticket)[rule.pk].unmet) == (NOT_MET, 1)
    ticket = make_ticket(type="question")

    submit(ticket, alice, subject="New")
    assert (results(ticket)[rule.pk].outcome, results(ticket)[rule.pk].unmet) == (NOT_MET, 0)

    submit(ticket, alice, priority="urgent")
    assert results(ticket)[rule.pk].outcome == FIRED


def test_closed_tickets_run_none_but_the_submit_that_closes_does(make_ticket, alice, admin):
    trigger("Closing", [condition("status", "is", "closed")], notice(alice.pk, "Closed"))
    trigger("Always", [CHANGED], notice(alice.pk, "Always"))
    ticket = make_ticket()
    solve_ticket(actor=as_actor(alice), ticket_id=ticket.pk)
    Delivery.objects.all().delete()

    close_tickets(actor=factories.SETUP, ticket_ids=[ticket.pk])
    assert set(Delivery.objects.values_list("subject", flat=True)) == {"Closed", "Always"}

    Delivery.objects.all().delete()
    delete_ticket(actor=as_actor(admin), ticket_id=ticket.pk)
    assert not Delivery.objects.exists()


def test_deleting_a_ticket_runs_no_triggers(make_ticket, admin, alice):
    trigger("Always", [CHANGED], notice(alice.pk))
    ticket = make_ticket()
    Delivery.objects.all().delete()
    delete_ticket(actor=as_actor(admin), ticket_id=ticket.pk)
    assert not Delivery.objects.exists()


def test_questions_about_changes_see_the_state_before_the_submit(make_ticket, alice):
    """Also when another trigger has changed the field once more in the same submit."""
    trigger("Raise", [condition("priority", "is", "normal")], effect("priority", "urgent"))
    asked = {
        "changed": condition("priority", "changed"),
        "to": condition("priority", "value", "urgent"),
        "from": condition("priority", "value_previous", "low"),
        "not_from": condition("priority", "value_previous", "normal"),
    }
    rules = {
        name: trigger(name, [CHANGED, condition("priority", "is", "urgent"), one],
                      effect("current_tags", name))
        for name, one in asked.items()
    }  # fmt: skip
    ticket = make_ticket(priority="low")

    submit(ticket, alice, priority="normal")

    ticket.refresh_from_db()
    assert set(ticket.tags) == {"changed", "to", "from"}
    assert results(ticket)[rules["not_from"].pk].outcome == NOT_MET


def test_a_field_that_rules_put_back_has_not_changed(make_ticket, alice):
    trigger("Back", [condition("priority", "value", "high")], effect("priority", "low"))
    watched = [CHANGED, condition("priority", "changed"), condition("priority", "is", "low")]
    trigger("Watch", watched, effect("current_tags", "moved"))
    ticket = make_ticket(priority="low")
    submit(ticket, alice, priority="high")
    ticket.refresh_from_db()
    assert (ticket.priority, ticket.tags) == ("low", [])


def test_custom_fields_of_a_new_ticket_have_changed_from_nothing(make_ticket, alice):
    field = create_ticket_field(
        actor=factories.SETUP, key="size", title="Size", type=FieldType.TEXT
    )
    name = f"custom_fields_{field.pk}"
    trigger("Set", [CREATED, condition(name, "changed")], effect("current_tags", "sized"))
    trigger("Same", [CHANGED, condition(name, "changed")], effect("current_tags", "resized"))
    ticket = make_ticket(custom_fields={str(field.pk): "L"})
    ticket.refresh_from_db()
    assert ticket.tags == ["sized"]
    submit(ticket, alice, subject="New")
    ticket.refresh_from_db()
    assert ticket.tags == ["sized"]
    submit(ticket, alice, custom_fields={str(field.pk): "XL"})
    ticket.refresh_from_db()
    assert ticket.tags == ["sized", "resized"]


def test_conditions_on_the_comment_see_the_submits_own_not_a_rules(make_ticket, alice):
    trigger("Note", [CHANGED], effect("comment_value", "A wombat was seen."))
    trigger("Word", [condition("comment_includes_word", "includes", "wombat")],
            effect("current_tags", "wombat"))  # fmt: skip
    trigger("Private", [CHANGED, condition("comment_is_public", "is", "private")],
            effect("current_tags", "private"))  # fmt: skip
    ticket = make_ticket(assignee_id=alice.pk)

    submit(ticket, alice, "All good")
    ticket.refresh_from_db()
    assert ticket.tags == []

    submit(ticket, alice, "The wombat again", is_public=False)
    ticket.refresh_from_db()
    assert set(ticket.tags) == {"wombat", "private"}


def test_the_current_user_is_who_makes_the_submit(make_ticket, alice, lead):
    trigger("Own", [CHANGED, condition("assignee_id", "is", "current_user")],
            effect("current_tags", "own"))  # fmt: skip
    trigger("Take", [CHANGED, condition("current_user_id", "is", lead.pk)],
            effect("assignee_id", "current_user"))  # fmt: skip
    ticket = make_ticket(assignee_id=alice.pk)

    submit(ticket, lead, subject="Mine now")
    ticket.refresh_from_db()
    assert (ticket.assignee_id, ticket.tags) == (lead.pk, ["own"])


def test_who_wrote_when_a_customers_mail_comes_in(make_ticket, carol):
    trigger("By", [CREATED], effect("subject", "From {{current_user.name}}"))
    assert make_ticket().subject == "From Carol Customer"


def test_a_rules_subject_and_comment_are_found(make_ticket, alice):
    trigger("Name", [CHANGED], effect("subject", "A platypus"),
            effect("comment_value", "with a capybara"))  # fmt: skip
    ticket = make_ticket(assignee_id=alice.pk)
    submit(ticket, alice, priority="high")
    for word in ("platypus", "capybara"):
        assert list(search_tickets(word, as_actor(alice))) == [ticket]


def test_a_rules_public_comment_reaches_requester_and_ccs(make_ticket, alice, carol, dave):
    trigger("Say", [CHANGED], effect("comment_value", "We are **closed**."),
            effect("comment_mode_is_public", True))  # fmt: skip
    ticket = make_ticket(assignee_id=alice.pk, cc_ids=(dave.pk,))
    Delivery.objects.all().delete()

    submit(ticket, alice, priority="high")

    sent = Delivery.objects.filter(kind="comment")
    assert set(sent.values_list("address", flat=True)) == {carol.email, dave.email}
    assert all(delivery.comment.body == "We are **closed**." for delivery in sent)
    ticket.refresh_from_db()
    assert ticket.preview == "We are **closed**."


def test_a_rule_can_set_a_schedule(make_ticket, alice):
    nights = ScheduleDraft(name="Nights", time_zone="Europe/Berlin", intervals=[(1440, 1500)])
    schedule = save_schedule(actor=factories.SETUP, draft=nights)
    trigger("Hours", [CHANGED], effect("set_schedule", schedule.pk))
    ticket = make_ticket()
    submit(ticket, alice, priority="high")
    ticket.refresh_from_db()
    assert ticket.schedule_id == schedule.pk
    assert events(ticket, EventType.CHANGE)[-1].cause["title"] == "Hours"


def test_an_edited_or_switched_off_trigger_counts_from_the_next_submit(make_ticket, alice):
    rule = trigger("Tag", [CHANGED], effect("current_tags", "one"))
    ticket = make_ticket()
    set_trigger_active(actor=factories.SETUP, trigger_id=rule.pk, is_active=False)
    submit(ticket, alice, priority="high")
    set_trigger_active(actor=factories.SETUP, trigger_id=rule.pk, is_active=True)
    ticket.refresh_from_db()
    assert ticket.tags == []
    submit(ticket, alice, priority="low")
    ticket.refresh_from_db()
    assert ticket.tags == ["one"]


def test_queries_do_not_grow_with_the_number_of_triggers(
    make_ticket, alice, django_assert_num_queries, django_assert_max_num_queries
):
    def more(number):
        for n in range(number):
            trigger(f"T{n}", [CHANGED, condition("attachment", "is", True),
                              condition("comment_includes_word", "includes", f"word{n}")],
                    effect("current_tags", f"t{n}"))  # fmt: skip

    ticket = make_ticket(assignee_id=alice.pk)
    more(3)
    submit(ticket, alice, "warm")
    with django_assert_max_num_queries(60) as few:
        submit(ticket, alice, "one")
    more(40)
    submit(ticket, alice, "warm")
    with django_assert_num_queries(len(few)):
        submit(ticket, alice, "two")
    assert Trigger.objects.count() > 40

"""Why a property is as it is: the rule, its conditions as they were, the update, what was before"""

from __future__ import annotations

import pytest

from macros.actions import update_trigger
from macros.actions.triggers import TriggerDraft
from macros.explain import why_field, why_tag
from macros.models import Trigger
from tests import factories
from tests.factories import as_actor
from tests.macros.rules import CHANGED, CREATED, condition, effect, submit, trigger
from tickets.actions import create_ticket_field
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


def rename(rule: Trigger, title: str, *conditions) -> None:
    draft = TriggerDraft(title=title, conditions={"all": list(conditions)}, effects=rule.effects)
    update_trigger(actor=factories.SETUP, trigger_id=rule.pk, draft=draft)


def fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def test_a_rule_is_named_with_its_revision_its_conditions_and_the_update(make_ticket):
    trigger("VIP first", [CREATED, condition("current_tags", "includes", "vip")],
            effect("priority", "urgent"))  # fmt: skip
    ticket = make_ticket(tags=("vip",), priority="normal")
    answer = why_field(fresh(ticket), "priority")
    assert answer.title == "Why is Priority “Urgent”?"
    assert answer.headline.startswith(
        "Priority is “Urgent” because the trigger “VIP first” (revision 1) set it on "
    )
    assert answer.headline.endswith("when Carol Customer made the ticket by e-mail.")
    rule, beginning = answer.links
    assert rule.what == ["Priority: Normal → Urgent"]
    assert rule.held == ["The ticket is created", "Tags contain at least one of vip"]
    assert rule.submit.words == "Carol Customer made the ticket by e-mail"
    assert beginning.rule is None
    assert beginning.what == ["Priority: Normal"]


def test_the_conditions_are_those_of_the_revision_that_ran(make_ticket):
    rule = trigger("First", [CREATED], effect("priority", "high"))
    ticket = make_ticket()
    rename(rule, "Renamed", CHANGED)
    (link,) = why_field(fresh(ticket), "priority").links
    assert link.rule.words == "the trigger “First” (revision 1)"
    assert link.held == ["The ticket is created"]


def test_a_rule_that_is_deleted_still_explains(make_ticket):
    from macros.actions import delete_trigger

    rule = trigger("First", [CREATED], effect("priority", "high"))
    ticket = make_ticket()
    delete_trigger(actor=factories.SETUP, trigger_id=rule.pk)
    (link,) = why_field(fresh(ticket), "priority").links
    assert link.held == ["The ticket is created"]


def test_what_earlier_rules_of_the_update_did_is_told_back_to_its_beginning(make_ticket, billing):
    trigger("Invoices", [CREATED, condition("subject_includes_word", "includes", "invoice")],
            effect("current_tags", ["money"]))  # fmt: skip
    trigger("To Billing", [condition("current_tags", "includes", "money")],
            effect("group_id", billing.pk))  # fmt: skip
    trigger("Fast", [condition("group_id", "is", billing.pk)], effect("priority", "high"))
    ticket = make_ticket(subject="An invoice")
    (link,) = why_field(fresh(ticket), "priority").links
    assert [(each.rule.title, each.words) for each in link.earlier] == [
        ("To Billing", "Group: empty → Billing"),
        ("Invoices", "Tags: + money"),
    ]


def test_what_the_agent_changed_in_the_update_leads_to_the_rule(make_ticket, alice):
    ticket = make_ticket()
    trigger("Solved means low", [condition("status", "value", "solved")], effect("priority", "low"))
    submit(ticket, alice, "Done.", status="solved", tags=("x",))
    (link,) = why_field(fresh(ticket), "priority").links
    assert link.submit.words == "Alice Archer replied"
    assert [(each.rule, each.words) for each in link.earlier] == [(None, "Status: New → Solved")]


def test_a_person_is_named_and_what_was_before(make_ticket, alice, lead):
    ticket = make_ticket(priority="low")
    submit(ticket, alice, priority="normal")
    submit(ticket, lead, "Hurry!", is_public=False, priority="urgent")
    answer = why_field(fresh(ticket), "priority")
    assert "because Lena Lead set it on" in answer.headline
    assert answer.headline.endswith("when Lena Lead wrote an internal note.")
    assert [link.what for link in answer.links] == [
        ["Priority: Normal → Urgent"], ["Priority: Low → Normal"], ["Priority: Low"],
    ]  # fmt: skip


def test_a_value_from_the_beginning_says_so(make_ticket):
    answer = why_field(make_ticket(priority="low"), "priority")
    assert answer.headline.startswith("Priority is “Low” since the beginning, ")


def test_an_empty_property_says_that_nothing_set_it(make_ticket):
    answer = why_field(make_ticket(), "type")
    assert answer.headline == "Type is empty: nobody and no rule has set it."
    assert answer.links == []


def test_a_value_that_the_history_does_not_know_is_not_made_up(make_ticket):
    ticket = make_ticket(priority="low")
    Ticket.objects.filter(pk=ticket.pk).update(priority="high")
    answer = why_field(fresh(ticket), "priority")
    assert "does not stand in the history" in answer.headline


def test_people_and_groups_are_named(make_ticket, alice, support):
    ticket = make_ticket()
    submit(ticket, alice, assignee_id=alice.pk)
    assert why_field(fresh(ticket), "assignee_id").links[0].what == [
        "Assignee: empty → Alice Archer"
    ]
    assert why_field(fresh(ticket), "group_id").links[0].what == ["Group: empty → Support"]
    assert why_field(fresh(ticket), "status").links[0].what == ["Status: New → Open"]


def test_a_custom_field_is_explained_by_its_title_from_the_beginning(make_ticket, alice, admin):
    field = create_ticket_field(actor=as_actor(admin), key="risk", title="Risk", type="text")
    ticket = make_ticket(custom_fields={str(field.pk): "low"})
    submit(ticket, alice, custom_fields={str(field.pk): "high"})
    answer = why_field(fresh(ticket), f"custom_fields_{field.pk}")
    assert answer.title == "Why is Risk “high”?"
    assert [link.what for link in answer.links] == [["Risk: low → high"], ["Risk: low"]]


def test_lists_of_people_say_who_came_and_went(make_ticket, alice, dave, mallory):
    ticket = make_ticket(cc_ids=(dave.pk,))
    submit(ticket, alice, cc_ids=(mallory.pk,))
    answer = why_field(fresh(ticket), "cc_ids")
    assert answer.links[0].what == ["CC: + Mallory Meddler, − Dave Colleague"]


def test_there_is_no_answer_about_what_is_no_property(make_ticket):
    for name in ("version", "custom_fields_999", "custom_fields_x", "tags", "__class__", ""):
        assert why_field(make_ticket(), name) is None


def test_a_tag_names_the_rule_that_added_it(make_ticket):
    trigger("Mark", [CREATED], effect("current_tags", ["marked"]))
    ticket = fresh(make_ticket(tags=("own",)))
    answer = why_tag(ticket, "marked")
    assert answer.headline.startswith(
        "The tag “marked” is there because the trigger “Mark” (revision 1) added it on "
    )
    assert [link.what for link in answer.links] == [["added the tag “marked”"]]
    assert (
        why_tag(ticket, "own").links[0].submit.words == "Carol Customer made the ticket by e-mail"
    )


def test_a_tag_that_was_taken_off_and_one_that_never_was(make_ticket, alice):
    ticket = make_ticket(tags=("a", "b"))
    submit(ticket, alice, tags=("a",))
    gone = why_tag(fresh(ticket), "b")
    assert "is gone because Alice Archer took it off on" in gone.headline
    assert len(gone.links) == 2
    assert why_tag(fresh(ticket), "c").headline == "This ticket never had the tag “c”."

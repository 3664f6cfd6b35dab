"""A broken rule never blocks a ticket: it is undone, marked, its owner told once."""

from __future__ import annotations

import pytest

from accounts.models import Group
from macros.actions import TriggerDraft, set_trigger_active, update_trigger
from macros.models import Trigger
from macros.runs import FAILED
from tests import factories
from tests.factories import as_actor, make_group, make_user
from tests.macros.rules import (
    CHANGED,
    by_rules,
    condition,
    effect,
    events,
    notice,
    results,
    submit,
    trigger,
)
from tickets.models import Delivery, EventType, TicketField

pytestmark = pytest.mark.django_db


def told() -> list[str]:
    rows = Delivery.objects.filter(subject__startswith="A rule does not work").order_by("id")
    return list(rows.values_list("address", flat=True))


def broken(rule: Trigger) -> str:
    """Why the rule does not work, as its page shows it."""
    rule.refresh_from_db()
    assert (rule.error == "") == (rule.failed_at is None)
    return rule.error


def test_a_broken_text_is_not_sent_half_and_the_owner_is_told_once(make_ticket, alice, lead):
    rule = trigger("Greet", [CHANGED], notice(alice.pk, "Hi", "Hello"), by=lead)
    Trigger.objects.filter(pk=rule.pk).update(
        effects=[notice(alice.pk, "Hi", "Hello {{ticket.id"), effect("priority", "urgent")]
    )
    set_trigger_active(actor=as_actor(lead), trigger_id=rule.pk, is_active=True)
    ticket = make_ticket()
    for subject in ("One", "Two"):
        submit(ticket, lead, "A word", subject=subject)

    ticket.refresh_from_db()
    assert (ticket.subject, ticket.priority) == ("Two", "")
    assert "placeholders is broken" in broken(rule)
    assert not Delivery.objects.filter(subject="Hi").exists()
    assert told() == [lead.email]
    (event,) = events(ticket, EventType.ERROR)
    assert event.cause == {"kind": "trigger", "id": rule.pk, "title": "Greet", "revision": 2}
    assert results(ticket)[rule.pk].outcome == FAILED


def test_a_corrected_rule_is_whole_again_and_its_next_failure_is_told(make_ticket, alice, lead):
    gone = make_group("Gone")
    rule = trigger("Move", [CHANGED], effect("group_id", gone.pk), by=lead)
    Group.objects.filter(pk=gone.pk).delete()
    ticket = make_ticket()
    submit(ticket, alice, subject="One")
    assert "There is no group" in broken(rule)

    draft = TriggerDraft(title="Move", conditions={"all": [CHANGED]},
                         effects=[effect("priority", "low")])  # fmt: skip
    update_trigger(actor=as_actor(lead), trigger_id=rule.pk, draft=draft)
    submit(ticket, alice, subject="Two")
    assert broken(rule) == ""
    ticket.refresh_from_db()
    assert ticket.priority == "low"

    Trigger.objects.filter(pk=rule.pk).update(effects=[effect("group_id", gone.pk)])
    set_trigger_active(actor=as_actor(lead), trigger_id=rule.pk, is_active=True)
    submit(ticket, alice, subject="Three")
    assert told() == [lead.email] * 2


def test_nothing_is_left_of_a_rule_that_fails_half_way(make_ticket, carol):
    """Its fields are set before its comment is refused: nobody speaks for this ticket."""
    trigger("Half", [CHANGED], effect("priority", "urgent"), effect("current_tags", "half"),
            effect("comment_value", "Hello"), notice("requester"))  # fmt: skip
    trigger("Next", [CHANGED, condition("priority", "is", "")], effect("current_tags", "next"))
    ticket = make_ticket()
    Delivery.objects.all().delete()

    submit(ticket, carol, "Hello?", channel="email")

    ticket.refresh_from_db()
    assert (ticket.priority, ticket.tags) == ("", ["next"])
    assert by_rules(ticket) == [("tags", ["next"], "Next")]
    assert ticket.comments.count() == 2
    assert not Delivery.objects.filter(recipient=carol).exists()


@pytest.mark.parametrize("leaves", ["group", "agent", "field", "person", "idle agent"])
def test_what_a_rule_names_may_be_gone(make_ticket, alice, lead, leaves):
    group = make_group("Old")
    agent = make_user("Otto Old", "agent", groups=[group])
    idle = make_user("Ida Idle", "agent", groups=[group])
    field = TicketField.objects.create(
        key="old", title="Old", type="text", created_at=alice.created_at,
        updated_at=alice.created_at,
    )  # fmt: skip
    what = {
        "group": effect("notification_group", {"group_id": group.pk, "subject": "a", "body": "b"}),
        "agent": effect("assignee_id", idle.pk),
        "field": effect(f"custom_fields_{field.pk}", "x"),
        "person": notice(agent.pk),
        "idle agent": notice(idle.pk),
    }[leaves]
    rule = trigger("Old", [CHANGED], what, by=lead)
    ticket = make_ticket()
    idle.is_active = False
    idle.save()
    agent.delete()
    group.delete()
    field.delete()
    Delivery.objects.all().delete()

    submit(ticket, alice, subject="Kept")

    ticket.refresh_from_db()
    assert ticket.subject == "Kept"
    assert broken(rule) != ""
    assert told() == [lead.email]
    assert results(ticket)[rule.pk].outcome == FAILED


def test_a_rule_whose_condition_cannot_be_read_any_more_is_marked(make_ticket, alice, lead):
    field = TicketField.objects.create(
        key="old", title="Old", type="text", created_at=alice.created_at,
        updated_at=alice.created_at,
    )  # fmt: skip
    name = f"custom_fields_{field.pk}"
    rule = trigger("Old", [condition(name, "present")], effect("priority", "low"), by=lead)
    field.delete()
    set_trigger_active(actor=factories.SETUP, trigger_id=rule.pk, is_active=True)
    Trigger.objects.filter(pk=rule.pk).update(updated_by=lead)
    ticket = make_ticket()
    submit(ticket, alice, subject="Kept")

    assert name in broken(rule)
    assert told() in ([lead.email], [])  # told when its owner was known to this process
    assert not events(ticket, EventType.ERROR)


def test_what_nobody_foresaw_is_kept_from_the_ticket_and_its_words_from_people(
    make_ticket, alice, lead, monkeypatch
):
    from macros.engine import passes

    def explode(*_args, **_kwargs):
        raise RuntimeError("the secret of the database")

    rule = trigger("Odd", [CHANGED], effect("priority", "low"), by=lead)
    monkeypatch.setattr(passes, "carry_out", explode)
    ticket = make_ticket()
    submit(ticket, alice, subject="Kept")
    ticket.refresh_from_db()
    assert ticket.subject == "Kept"
    assert "nobody foresaw" in broken(rule)
    assert "secret" not in rule.error


@pytest.mark.parametrize("why", ["inactive", "demoted", "nobody"])
def test_administrators_hear_of_it_where_there_is_no_owner(make_ticket, alice, lead, admin, why):
    rule = trigger("Greet", [CHANGED], effect("priority", "low"), by=lead)
    if why == "inactive":
        lead.is_active = False
    if why == "demoted":
        lead.role = "agent"
    lead.save()
    if why == "nobody":
        Trigger.objects.filter(pk=rule.pk).update(updated_by=None)
    Trigger.objects.filter(pk=rule.pk).update(effects=[effect("subject", "{{")])
    from macros.engine.compiled import kept_triggers

    kept_triggers.forget()
    submit(make_ticket(), alice, subject="Kept")
    assert told() == [admin.email]

"""The stock set, end to end by mail: who gets what, and who does not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.errors import NotPermitted
from channels_in.email.compose import compose
from core import clock
from macros.actions import install_stock_triggers, runs, set_trigger_active, update_trigger
from macros.actions.triggers import TriggerDraft
from macros.models import RuleRun, Trigger
from tests.factories import SETUP, as_actor
from tests.macros.rules import CREATED, condition, effect, notice, submit, trigger
from tickets.actions import claim_deliveries, rate_ticket, solve_ticket
from tickets.models import Delivery, Score

pytestmark = pytest.mark.django_db


def mails() -> list[tuple[str, str]]:
    """To whom and about what, as it leaves; nothing is left over."""
    letters = [compose(row) for row in claim_deliveries(channel="email", limit=50)]
    return sorted((letter.recipient, letter.subject) for letter in letters)


def test_a_new_request_is_acknowledged_without_a_word_of_it(make_ticket, carol):
    ticket = make_ticket(subject="Buy cheap pills")
    assert mails() == [(carol.email, f"We received your request #{ticket.pk}")]


@pytest.mark.parametrize("channel", ["api", "phone", "chat"])
def test_who_wrote_by_other_ways_expects_no_mail(make_ticket, channel):
    make_ticket(channel=channel)
    assert mails() == []


def test_a_reply_goes_to_requester_and_ccs_and_tells_no_colleague(make_ticket, alice, carol, dave):
    ticket = make_ticket(assignee_id=alice.pk, cc_ids=(dave.pk,))
    mails()
    submit(ticket, alice, "It is on its way.")
    assert [to for to, _ in mails()] == [carol.email, dave.email]


def test_what_an_agent_hands_in_for_a_customer_is_not_mailed_back(make_ticket, alice, carol):
    ticket = make_ticket(actor=as_actor(alice), author=carol, channel="phone", assignee_id=alice.pk)
    assert ticket.comments.get().author == carol
    assert mails() == []


def test_a_customers_message_is_told_the_assignee_by_the_name_of_who_wrote(
    make_ticket, alice, dave
):
    ticket = make_ticket(assignee_id=alice.pk, cc_ids=(dave.pk,))
    mails()
    submit(ticket, dave, "Me too!", channel="email")
    (delivery,) = claim_deliveries(channel="email", limit=9)
    letter = compose(delivery)
    assert letter.recipient == alice.email
    assert "Dave Colleague wrote" in letter.body
    assert "Me too!" in letter.body


def test_an_assignment_is_told_unless_one_takes_it_oneself(make_ticket, alice, lead):
    ticket = make_ticket()
    mails()
    submit(ticket, alice, assignee_id=alice.pk)
    assert mails() == []
    submit(ticket, alice, assignee_id=lead.pk)
    assert [to for to, _ in mails()] == [lead.email]


def test_a_reopened_ticket_is_told_its_assignee(make_ticket, alice, carol):
    ticket = make_ticket(assignee_id=alice.pk)
    solve_ticket(actor=as_actor(alice), ticket_id=ticket.pk)
    mails()
    submit(ticket, carol, "It broke again", channel="email")
    subjects = [subject for to, subject in mails() if to == alice.email]
    assert any("Reopened" in subject for subject in subjects)


def test_solving_without_a_word_is_told_and_with_a_reply_it_is_not(make_ticket, alice, carol):
    ticket = make_ticket(assignee_id=alice.pk)
    mails()
    solve_ticket(actor=as_actor(alice), ticket_id=ticket.pk)
    assert mails() == [(carol.email, f"Your request #{ticket.pk} was solved")]
    other = make_ticket(assignee_id=alice.pk)
    mails()
    submit(other, alice, "Done!", status="solved")
    assert len(mails()) == 1


def test_a_group_is_told_once_that_is_switched_on(make_ticket, alice, lead, admin, support):
    rule = Trigger.objects.get(key="notify_group")
    set_trigger_active(actor=as_actor(admin), trigger_id=rule.pk, is_active=True)
    make_ticket(group_id=support.pk)
    told = {to for to, subject in mails() if "New for your group" in subject}
    assert told == {alice.email, lead.email, admin.email}


def test_the_set_is_made_once_and_stays_as_people_made_it(admin):
    rule = Trigger.objects.get(key="acknowledge")
    draft = TriggerDraft(title="Hello", conditions=rule.conditions, effects=rule.effects)
    update_trigger(actor=as_actor(admin), trigger_id=rule.pk, draft=draft)
    install_stock_triggers(actor=SETUP)
    assert Trigger.objects.get(key="acknowledge").title == "Hello"
    assert Trigger.objects.exclude(key=None).count() == 7


def test_a_rating_is_offered_once_by_a_rule_and_given_on_the_page(make_ticket, alice, carol):
    trigger("Rate", [condition("status", "value", "solved"),
                     condition("satisfaction_score", "is", "unoffered")],
            effect("satisfaction_score"),
            notice("requester", "How was it?", "{{satisfaction.rating_url}}"))  # fmt: skip
    ticket = make_ticket(assignee_id=alice.pk)
    for status in ("solved", "open", "solved"):
        submit(ticket, alice, status=status)
    ticket.refresh_from_db()
    assert ticket.satisfaction == Score.OFFERED
    (asked,) = Delivery.objects.filter(subject="How was it?")
    assert asked.body.endswith(f"/requests/{ticket.pk}/#rating")
    rate_ticket(actor=as_actor(carol), ticket_id=ticket.pk, is_good=True)
    ticket.refresh_from_db()
    assert ticket.satisfaction == Score.GOOD


@pytest.mark.parametrize("person", ["alice", "lightly", "carol"])
def test_who_may_not_manage_rules_makes_and_changes_none(person, request, make_ticket):
    """Attack 33: a rule may do more than an agent, so only some write rules."""
    user = request.getfixturevalue(person)
    rule = Trigger.objects.get(key="reply")
    with pytest.raises(NotPermitted):
        trigger("Mine", [CREATED], effect("priority", "low"), by=user)
    with pytest.raises(NotPermitted):
        set_trigger_active(actor=as_actor(user), trigger_id=rule.pk, is_active=False)
    rule.refresh_from_db()
    assert rule.is_active
    assert Trigger.objects.count() == 7


def test_what_rules_did_is_kept_for_some_days(make_ticket, settings, monkeypatch):
    settings.RULE_RUNS_DAYS = 7
    monkeypatch.setattr(runs, "BATCH", 2)
    now = clock.now()
    for days in (9, 8, 8, 6):
        with clock.frozen(now - timedelta(days=days)):
            make_ticket()
    assert runs.expire_runs()
    assert not runs.expire_runs()
    assert RuleRun.objects.filter(kind="trigger").count() == 1

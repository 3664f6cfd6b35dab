"""Attack 50: rules that undo each other end, within a submit and across submits, and it is said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core import clock
from macros.actions.webhooks import create_webhook
from macros.engine.rates import SUBMITS, WINDOW
from macros.models import WebhookInvocation
from macros.runs import FIRED, STOPPED
from tests.factories import SETUP
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
from tickets.models import Delivery, EventType

pytestmark = pytest.mark.django_db


def test_two_rules_that_flip_a_field_end_in_one_submit_and_the_audit_says_why(make_ticket, alice):
    up = trigger("Up", [condition("priority", "is", "low")], effect("priority", "high"))
    down = trigger("Down", [condition("priority", "is", "high")], effect("priority", "low"))
    ticket = make_ticket()
    submit(ticket, alice, priority="low")
    ticket.refresh_from_db()
    assert ticket.priority == "low"
    assert by_rules(ticket) == [("priority", "high", "Up"), ("priority", "low", "Down")]
    assert [results(ticket)[rule.pk].outcome for rule in (up, down)] == [FIRED, FIRED]


def test_a_hundred_rules_that_undo_each_other_end_too(make_ticket, alice):
    for number in range(100):
        after = "high" if number % 2 else "low"
        before = "low" if number % 2 else "high"
        trigger(f"Flip {number}", [condition("priority", "is", before)], effect("priority", after))
    ticket = make_ticket()
    submit(ticket, alice, priority="low")
    assert len(by_rules(ticket)) <= 100


def test_a_loop_through_a_webhook_and_the_api_is_stopped_and_explained(make_ticket, alice):
    """The receiver answers each call with an update, for ever."""
    webhook, _ = create_webhook(actor=SETUP, name="Mirror", url="https://mirror.example/")
    call = effect("notification_webhook", {"webhook_id": webhook.pk, "body": ""})
    rule = trigger("Mirror", [CHANGED], call)
    ticket = make_ticket()
    at = clock.now()
    for number in range(SUBMITS + 10):
        with clock.frozen(at + timedelta(seconds=number)):
            submit(ticket, alice, channel="api", subject=f"Round {number}")
    assert WebhookInvocation.objects.count() == SUBMITS - 1  # the first was the acknowledgement
    (event,) = events(ticket, EventType.ERROR)
    assert "answering each other" in event.value
    assert event.cause["id"] == rule.pk
    assert results(ticket)[rule.pk].outcome == STOPPED
    ticket.refresh_from_db()
    assert ticket.subject == f"Round {SUBMITS + 9}"  # the submits themselves are kept

    with clock.frozen(at + timedelta(seconds=SUBMITS + 20)):
        submit(ticket, alice, subject="By hand")  # a person at the screen is no loop
    assert results(ticket)[rule.pk].outcome == FIRED
    with clock.frozen(at + 2 * WINDOW):
        submit(ticket, alice, channel="api", subject="Later")
    assert results(ticket)[rule.pk].outcome == FIRED


def test_two_desks_that_mail_each_other_end(make_ticket, carol):
    """A rule answers every message; the other desk does the same and hides that it is a machine."""
    trigger("Answer", [condition("comment_is_public", "is", "public")],
            notice("requester", "We have got it", "Thank you"))  # fmt: skip
    ticket = make_ticket()
    for number in range(30):
        submit(ticket, carol, f"We have got it too {number}", channel="email")
    sent = Delivery.objects.filter(recipient=carol)
    assert sent.count() <= 10


def test_machines_that_say_so_are_not_answered_by_any_rule(make_ticket, carol):
    trigger("Answer", [condition("comment_is_public", "is", "public")],
            notice("requester", "We have got it", "Thank you"))  # fmt: skip
    make_ticket(comment={"may_be_answered": False})
    assert not Delivery.objects.exists()

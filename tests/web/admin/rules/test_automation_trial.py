"""Trying an automation on a ticket: would it run now, later or not, why, and what it would do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core import clock
from macros.actions import (
    AutomationDraft,
    create_automation,
    set_automation_active,
    sweep_automations,
)
from macros.actions.automation_runs import tick_automations
from macros.automations.moments import RUNS_LIMIT
from macros.models import AutomationDue
from tests.factories import SETUP, as_actor
from tickets.actions import create_ticket_field, update_ticket
from tickets.drafts import TicketChanges
from tickets.models import Audit, Delivery, Ticket

pytestmark = pytest.mark.django_db

T0 = datetime(2026, 3, 2, 11, tzinfo=UTC)
HOUR = timedelta(hours=1)
OLD = {"field": "NEW", "operator": "greater_than", "value": 4}
NOT_TOLD = {"field": "current_tags", "operator": "not_includes", "value": ["told"]}
TAG = {"field": "current_tags", "value": ["told"]}


def mail(who, body: str):
    return {"field": "notification_user", "value": {"who": who, "subject": "Late", "body": body}}


@pytest.fixture
def chief(browser_of, lead):
    return browser_of(lead)


@pytest.fixture
def ticket(make_ticket) -> Ticket:
    with clock.frozen(T0):
        return make_ticket(subject="Parcel")


def automate(*effects, conditions=(OLD, NOT_TOLD)):
    draft = AutomationDraft("Hurry", {"all": list(conditions)}, list(effects) or [TAG])
    return create_automation(actor=SETUP, draft=draft)


def tried(chief, automation, ticket, at) -> str:
    with clock.frozen(at):
        answer = chief.get(
            f"/admin/rules/automations/{automation.pk}/test/", {"ticket": f"#{ticket.pk}"}
        )
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def change(ticket, person, at, **changes) -> None:
    with clock.frozen(at):
        update_ticket(
            actor=as_actor(person), ticket_id=ticket.pk, changes=TicketChanges(**changes)
        )  # fmt: skip


def run(at) -> None:
    """Compute the moments, then do what is due."""
    with clock.frozen(at):
        while sweep_automations():
            pass
        assert tick_automations() == 1


def written() -> tuple[object, ...]:
    dues = AutomationDue.objects.order_by("pk").values_list()
    return (Audit.objects.count(), Delivery.objects.count(), list(dues),
            list(Ticket.objects.order_by("pk").values_list("version", "tags")))  # fmt: skip


def test_what_runs_now_says_what_it_would_change_and_mail(chief, ticket, lead):
    automation = automate(TAG, mail(lead.pk, "Look at {{ticket.title}}"))
    before = written()
    page = tried(chief, automation, ticket, T0 + 5 * HOUR)
    assert "Would run now" in page
    assert "this decides" not in page
    assert "add the tag" in page
    assert "Look at Parcel" in page
    assert written() == before


def test_what_runs_later_says_when_and_which_condition_decides(chief, ticket):
    automation = automate()
    page = tried(chief, automation, ticket, T0 + HOUR)
    assert "Would run later" in page
    assert "it runs on 2 Mar 2026, 1" in page
    assert page.index("Hours since new") < page.index("this decides")
    assert "add the tag" in page


def test_what_waits_for_a_change_says_so(chief, ticket, alice):
    automation = automate()
    change(ticket, alice, T0, tags=("told",))
    page = tried(chief, automation, ticket, T0 + HOUR)
    assert "Would not run" in page
    assert "something on the ticket has to change" in page
    assert "It would" not in page


def test_what_has_done_its_part_says_so(chief, ticket):
    once = {"field": "NEW", "operator": "is", "value": 4}
    automation = automate({"field": "priority", "value": "high"}, conditions=[once])
    run(T0 + 4 * HOUR)
    page = tried(chief, automation, ticket, T0 + 4 * HOUR + timedelta(minutes=5))
    assert "Has done its part" in page
    assert "It ran on 2 Mar 2026" in page
    assert "It has run once on this ticket." in page
    assert "It would" not in page


def test_what_ran_a_moment_ago_waits_an_hour(chief, ticket, alice):
    automation = automate()
    ran_at = T0 + 5 * HOUR
    run(ran_at)
    change(ticket, alice, ran_at + timedelta(minutes=1), tags=())
    page = tried(chief, automation, ticket, ran_at + timedelta(minutes=2))
    assert "Would run later" in page
    assert "less than an hour ago" in page


def test_one_that_failed_here_says_when_it_tries_again(chief, ticket, lead):
    body = "{% if ticket.title == 'Parcel' %}{{ 1 | divided_by: 0 }}{% endif %}"
    automation = automate(TAG, mail(lead.pk, body))
    page = tried(chief, automation, ticket, T0 + 5 * HOUR)
    assert "But it would fail" in page
    run(T0 + 5 * HOUR)
    page = tried(chief, automation, ticket, T0 + 5 * HOUR)
    assert "Has failed here" in page
    assert "It tries again when the ticket changes" in page
    assert "This automation does not work" in page


def test_one_that_ran_as_often_as_it_may_has_ended(chief, ticket):
    automation = automate()
    AutomationDue.objects.update_or_create(
        automation=automation, ticket=ticket, defaults={"runs": RUNS_LIMIT}
    )
    page = tried(chief, automation, ticket, T0 + 5 * HOUR)
    assert "Would not run" in page
    assert "as often as it may" in page


def test_closed_tickets_are_left_alone(chief, ticket):
    automation = automate()
    Ticket.objects.filter(pk=ticket.pk).update(status="closed", solved_at=T0, closed_at=T0)
    assert "automations leave it alone" in tried(chief, automation, ticket, T0 + 5 * HOUR)


def test_one_that_is_off_is_tried_as_if_it_were_on(chief, ticket):
    automation = automate()
    set_automation_active(actor=SETUP, automation_id=automation.pk, is_active=False)
    page = tried(chief, automation, ticket, T0 + 5 * HOUR)
    assert "tested as if it were on" in page
    assert "Would run now" in page


def test_one_that_names_what_is_gone_says_so(chief, ticket):
    field = create_ticket_field(actor=SETUP, key="order", title="Order", type="text")
    gone = {"field": f"custom_fields_{field.pk}", "operator": "is", "value": "A-17"}
    automation = automate(conditions=[OLD, NOT_TOLD, gone])
    field.delete()
    page = tried(chief, automation, ticket, T0)
    assert 'role="alert"' in page
    assert "Would" not in page.replace("Would it run?", "")


def test_a_hidden_ticket_is_no_ticket_and_the_next_ones_are_listed(chief, ticket):
    automation = automate()
    with clock.frozen(T0):
        answer = chief.get(f"/admin/rules/automations/{automation.pk}/test/", {"ticket": "999999"})
    page = " ".join(answer.content.decode().split())
    assert "There is no such ticket that you may see." in page
    assert "Looked at next" in page


def test_the_page_is_for_those_who_manage_rules(browser_of, alice):
    automation = automate()
    page = f"/admin/rules/automations/{automation.pk}/test/"
    assert browser_of(alice).get(page).status_code == 403

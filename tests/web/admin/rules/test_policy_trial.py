"""Trying an SLA policy on a ticket: which one counts, why, and how its promises stand."""

from __future__ import annotations

import pytest

from macros.actions import order_sla_policies, recount_some, set_sla_policy_active
from macros.models import MetricEvent, SlaClock
from tests.factories import SETUP
from tests.macros.sla.conftest import make_policy, target

pytestmark = pytest.mark.django_db

URGENT = {"all": [{"field": "priority", "operator": "is", "value": "urgent"}]}


@pytest.fixture
def chief(browser_of, lead):
    return browser_of(lead)


def tried(chief, policy, ticket) -> str:
    answer = chief.get(f"/admin/rules/policies/{policy.pk}/test/", {"ticket": f"#{ticket.pk}"})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_way_down_to_the_first_policy_that_fits_is_shown(chief, desk):
    urgent = make_policy(target("first_reply_time", 30), title="Urgent ones", conditions=URGENT)
    everyone = make_policy(target("first_reply_time", 240), title="Everyone")
    make_policy(target("first_reply_time", 999), title="Never asked")
    desk.open()
    with desk.at(60):
        page = tried(chief, everyone, desk.ticket)
        other = tried(chief, urgent, desk.ticket)
    assert "This policy counts" in page
    assert page.index("Urgent ones") < page.index("this decides") < page.index("it counts")
    assert "Never asked" not in page
    assert "due <time" in page
    assert "Another policy counts" in other


def test_a_policy_behind_the_one_that_counts_is_judged_all_the_same(chief, desk):
    make_policy(target("first_reply_time", 30), title="Everyone")
    behind = make_policy(target("first_reply_time", 60), title="Behind")
    desk.open()
    assert "would fit, but one before it counts" in tried(chief, behind, desk.ticket)
    order_sla_policies(actor=SETUP, policy_ids=[behind.pk])
    assert "This policy counts" in tried(chief, behind, desk.ticket)


def test_a_policy_that_is_off_is_tried_as_if_it_were_on(chief, desk):
    policy = make_policy(target("first_reply_time", 30))
    set_sla_policy_active(actor=SETUP, policy_id=policy.pk, is_active=False)
    while recount_some():
        pass
    desk.open()
    page = tried(chief, policy, desk.ticket)
    assert "tested as if it were on" in page
    assert "This policy counts" in page
    assert not SlaClock.objects.exists()
    assert not MetricEvent.objects.exists()


def test_each_promise_says_how_it_stands(chief, desk):
    policy = make_policy(
        target("first_reply_time", 30), target("next_reply_time", 30),
        target("requester_wait_time", 100), target("agent_work_time", 20),
        target("total_resolution_time", 60 * 24),
    )  # fmt: skip
    desk.open()
    desk.answers(10)
    desk.sets(30, status="pending")
    with desk.at(50):
        page = tried(chief, policy, desk.ticket)
    rows = {each.split("</th>")[0]: each for each in page.split('<th scope="row">')[1:]}
    assert ">met<" in rows["First reply"]
    assert "has not begun" in rows["Next reply"]
    assert "paused with 1 h 10 min left" in rows["Requester wait"]
    assert "paused, 10 min over" in rows["Agent work"]
    assert "due <time" in rows["Total resolution"]
    desk.asks(60)
    with desk.at(100):
        page = tried(chief, policy, desk.ticket)
    assert "in breach since <time" in page


def test_a_reply_that_came_too_late_was_missed(chief, desk):
    policy = make_policy(target("first_reply_time", 30))
    desk.open()
    desk.answers(45)
    assert "missed by 15 min" in tried(chief, policy, desk.ticket)


def test_a_ticket_that_no_policy_followed_is_measured_from_its_history(chief, desk):
    desk.open()
    desk.answers(45)
    policy = make_policy(target("first_reply_time", 30), is_active=False)
    assert "missed by 15 min" in tried(chief, policy, desk.ticket)


def test_business_hours_are_said(chief, desk, office_hours):
    policy = make_policy(target("first_reply_time", 60, business=True))
    desk.open(8 * 60 - 20)
    with desk.at(9 * 60):
        page = tried(chief, policy, desk.ticket)
    assert "1 h of business hours" in page
    assert "20 min of business hours" in page


def test_a_solved_ticket_says_what_would_count_if_it_were_opened_again(chief, desk):
    policy = make_policy(target("first_reply_time", 30))
    desk.open()
    desk.answers(5, status="solved")
    assert "keeps the policy under which it was solved" in tried(chief, policy, desk.ticket)


def test_without_a_policy_that_fits_none_counts(chief, desk):
    policy = make_policy(target("first_reply_time", 30), conditions=URGENT)
    desk.open()
    page = tried(chief, policy, desk.ticket)
    assert "No policy counts" in page
    assert "<table" not in page


@pytest.mark.parametrize("asked", ["", "x", "#", "999999999", "9" * 30])
def test_a_ticket_that_is_not_there_is_said(chief, asked):
    policy = make_policy(target("first_reply_time", 30))
    answer = chief.get(f"/admin/rules/policies/{policy.pk}/test/", {"ticket": asked})
    assert "There is no such ticket that you may see" in answer.content.decode()


def test_agents_try_no_policies(browser_of, alice):
    policy = make_policy(target("first_reply_time", 30))
    assert browser_of(alice).get(f"/admin/rules/policies/{policy.pk}/test/").status_code == 403

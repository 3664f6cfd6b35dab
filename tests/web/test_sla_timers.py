"""Promises where agents look: on the ticket, and in tables by the next breach."""

from __future__ import annotations

import pytest

from tests.factories import SETUP, make_ticket
from tests.macros.sla.conftest import make_policy, target
from tickets.actions import create_view

pytestmark = pytest.mark.django_db


def shown(browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_ticket_shows_what_is_left_of_each_promise(browser_of, alice, desk):
    make_policy(target("first_reply_time", 60), target("requester_wait_time", 300))
    desk.open()
    browser, address = browser_of(alice), f"/tickets/{desk.ticket.pk}/"
    with desk.at(15):
        page = shown(browser, address)
    assert page.index("First reply") < page.index("45 min left")
    assert page.index("45 min left") < page.index("Requester wait")
    desk.sets(20, status="pending")
    with desk.at(90):
        page = shown(browser, address)
    assert "30 min late" in page
    assert "paused" in page


def test_a_table_is_sorted_by_the_next_breach(browser_of, alice, carol, desk):
    make_policy(target("first_reply_time", 60), target("first_reply_time", 20, "urgent"))
    for subject, priority in (("Quiet", ""), ("Hurried", "urgent"), ("Unpromised", "low")):
        with desk.at(0):
            make_ticket(requester=carol, subject=subject, priority=priority)
    view = create_view(
        actor=SETUP, title="Soon", columns=["sla_next_breach_at"], sort_by="sla_next_breach_at",
        sort_order="asc", conditions={"all": [
            {"field": "status", "operator": "less_than", "value": "solved"},
        ]},
    )  # fmt: skip
    with desk.at(5):
        page = shown(browser_of(alice), f"/views/{view.pk}/")
    assert page.index("Hurried") < page.index("Quiet") < page.index("Unpromised")
    assert "15 min</time>" in page
    assert "55 min</time>" in page

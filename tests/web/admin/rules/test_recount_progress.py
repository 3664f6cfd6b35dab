"""How far open tickets have been judged anew is shown while people wait, with script or without."""

from __future__ import annotations

import pytest

from macros.actions import recount_some, sla_recounts
from macros.models import SlaRecount
from tests.factories import make_ticket
from tests.macros.sla.conftest import MONDAY, make_policy, target

pytestmark = pytest.mark.django_db

POLICIES = "/admin/rules/policies/"


@pytest.fixture
def chief(browser_of, lead):
    return browser_of(lead)


@pytest.fixture
def begun(desk, carol, monkeypatch):
    """Five open tickets, two of them looked at, within four seconds."""
    monkeypatch.setattr(sla_recounts, "BATCH", 2)
    with desk.at(0):
        for _ in range(5):
            make_ticket(requester=carol)
        make_policy(target("first_reply_time", 60), title="Gold")
    with desk.at(4 / 60):
        recount_some()
        yield


def shown(answer) -> str:
    return " ".join(answer.content.decode().split())


@pytest.mark.usefixtures("begun")
def test_the_list_says_how_far_it_is_and_asks_again_by_itself(chief):
    for address in (POLICIES, f"{POLICIES}recount/"):
        page = shown(chief.get(address))
        assert "2 of 5 open tickets looked at" in page
        assert "“Gold” was saved" in page
        assert "less than a minute left" in page
        assert '<progress max="5" value="2"' in page
        assert f'hx-get="{POLICIES}recount/" hx-trigger="every 2s"' in page
        assert "<noscript><a" in page


@pytest.mark.usefixtures("begun")
def test_its_end_is_said_for_some_minutes_and_nobody_asks_any_more(chief, desk):
    while recount_some():
        pass
    page = shown(chief.get(f"{POLICIES}recount/"))
    assert "All 5 open tickets were looked at." in page
    assert "hx-trigger" not in page
    with desk.at(10):
        assert "looked at" not in shown(chief.get(f"{POLICIES}recount/"))


def test_large_numbers_are_grouped(chief):
    SlaRecount.objects.create(reason="x", total=100_000, done=1_240, created_at=MONDAY)
    assert "1,240 of 100,000 open tickets looked at" in shown(chief.get(POLICIES + "recount/"))


def test_a_recount_that_nobody_begins_says_what_to_check(chief, desk):
    SlaRecount.objects.create(reason="x", total=5, created_at=MONDAY)
    with desk.at(0.5):
        assert "Check that a worker" not in shown(chief.get(POLICIES + "recount/"))
    with desk.at(2):
        assert "Check that a worker is running" in shown(chief.get(POLICIES + "recount/"))


def test_saved_business_hours_lead_to_their_progress(browser_of, admin, office_hours):
    chief = browser_of(admin)
    form = {"name": "Office", "time_zone": "UTC", "start-1": "09:00", "end-1": "18:00"}
    answer = chief.post(f"/admin/schedules/{office_hours.pk}/", form, follow=True)
    assert 'hx-trigger="load delay:2s"' in shown(answer)
    make_policy(target("first_reply_time", 60, business=True))
    sla_recounts.recount_for_schedules()
    assert "0 of 0 open tickets looked at" in shown(chief.get("/admin/schedules/"))
    assert "Business hours changed" in shown(chief.get("/admin/schedules/"))


def test_agents_see_no_progress(browser_of, alice):
    assert browser_of(alice).get(f"{POLICIES}recount/").status_code == 403

"""SLA policies through their pages: targets as people write them, and what a change would mean."""

from __future__ import annotations

import pytest

from macros.models import SlaPolicy
from web.admin.rules.targets import duration, seconds_in

pytestmark = pytest.mark.django_db

POLICIES = "/admin/rules/policies/"


@pytest.fixture
def chief(browser_of, lead):
    return browser_of(lead)


def form(**changes):
    return {
        "title": "Gold", "is_active": "on", "schedule": "", "warnings": "50 %, 75 %",
        "c": ["1:all:c"], "c1-field": "status", "c1-operator": "less_than", "c1-value": "closed",
        "first_reply_time-urgent": "1h 30m", "first_reply_time-none": "1d",
        "hours-first_reply_time": "business", "switch": ["first_reply_on_agent_note"], **changes,
    }  # fmt: skip


def shown(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90", 5400), ("1h 30m", 5400), ("1H30", 5400), ("2d", 172_800), ("1d, 2h", 93_600),
     ("45s", 45), ("1m 30 sec", 90), ("soon", None), ("1x", None), ("", None), ("-5", None)],
)  # fmt: skip
def test_durations_are_read_as_people_write_them(text, seconds):
    assert seconds_in(text) == seconds


def test_durations_are_shown_in_hours_and_minutes():
    lengths = (45, 1800, 3600, 5400, 172_800)
    assert [duration(each) for each in lengths] == ["45s", "30m", "1h", "1h 30m", "48h"]


def test_a_policy_is_made_changed_and_reverted(chief):
    assert chief.post(f"{POLICIES}new/", form())["Location"] == POLICIES
    policy = SlaPolicy.objects.get()
    assert [(each["priority"], each["target"], each["business_hours"])
            for each in policy.targets] == [("urgent", 90, True), ("", 1440, True)]  # fmt: skip
    assert policy.warnings == [0.5, 0.75]
    assert "First reply within 1h 30m (Urgent)" in shown(chief.get(POLICIES))
    page = shown(chief.get(f"{POLICIES}{policy.pk}/"))
    assert 'value="1h 30m"' in page
    changed = form(revision="1", **{"first_reply_time-urgent": "2h"})
    chief.post(f"{POLICIES}{policy.pk}/", changed)
    history = shown(chief.get(f"{POLICIES}{policy.pk}/history/"))
    assert "2h (Urgent)" in history
    chief.post(f"{POLICIES}{policy.pk}/revert/", {"revision": "1"})
    policy.refresh_from_db()
    assert policy.targets[0]["target"] == 90


def test_a_preview_says_what_would_change_and_saves_nothing(chief, make_ticket):
    make_ticket()
    page = shown(chief.post(f"{POLICIES}new/", form(op="preview")))
    assert '<span class="strong num">1</span> open ticket changes' in page
    assert not SlaPolicy.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"first_reply_time-urgent": "soon"}, {"warnings": "later"}, {"title": ""},
     {"first_reply_time-urgent": "", "first_reply_time-none": ""}],
)  # fmt: skip
def test_a_mistake_is_said_and_everything_typed_is_kept(chief, wrong):
    answer = chief.post(f"{POLICIES}new/", form(**wrong))
    assert answer.status_code == 422
    assert 'value="closed" selected' in shown(answer)
    assert not SlaPolicy.objects.exists()


def test_agents_do_not_enter(browser_of, alice):
    assert browser_of(alice).get(POLICIES).status_code == 403
    assert browser_of(alice).post(f"{POLICIES}new/", form()).status_code == 403

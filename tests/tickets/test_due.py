"""When conditions begin to hold, against an oracle that looks at every minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.actor import system_actor
from tickets.conditions import Purpose, Situation, business, holds, parse
from tickets.conditions.due import due_at, held
from tickets.models import Schedule, Status, Ticket

START = datetime(2026, 3, 27, 12, tzinfo=UTC)  # a Friday; clocks change in Europe on the Sunday
HORIZON = timedelta(hours=100)
STEP = timedelta(minutes=1)
NOBODY = system_actor("oracle")

BERLIN = Schedule(
    pk=1, name="Berlin", time_zone="Europe/Berlin",
    intervals=[[day * 1440 + 540, day * 1440 + 1020] for day in (0, 1, 2, 5)],
    holidays=[{"name": "x", "start_date": "2026-03-31", "end_date": "2026-03-31"}],
)  # fmt: skip
NIGHTS = Schedule(
    pk=2, name="Nights", time_zone="America/New_York",
    intervals=[[day * 1440 + 1200, day * 1440 + 1560] for day in range(6)], holidays=[],
)  # fmt: skip


@pytest.fixture
def two_schedules(monkeypatch):
    monkeypatch.setattr(business, "all_schedules", lambda: {1: BERLIN, 2: NIGHTS})


TIMED = ("PENDING", "SOLVED", "created_hours_ago", "updated_hours_ago", "due_date",
         "until_due_date", "until_sla_next_breach_at")  # fmt: skip
OPERATORS = [f"{name}{twin}" for name in ("is", "less_than", "greater_than")
             for twin in ("", "_business_hours")]  # fmt: skip

timed = st.fixed_dictionaries(
    {
        "field": st.sampled_from(TIMED),
        "operator": st.sampled_from(OPERATORS),
        "value": st.sampled_from([0, 1, 2, 5, 9, 24, 48, 300]),
    }
)
plain = st.sampled_from(
    [
        {"field": "status", "operator": "less_than", "value": "solved"},
        {"field": "current_tags", "operator": "not_includes", "value": ["told"]},
        {"field": "priority", "operator": "is", "value": "high"},
    ]
)


def groups(nodes):
    lists = st.lists(nodes, max_size=3)
    return st.fixed_dictionaries({"all": lists, "any": lists})


conditions = groups(st.recursive(timed | plain, groups, max_leaves=5))
instants = st.integers(-90 * 60, 90 * 60).map(lambda minutes: START + timedelta(minutes=minutes))


@st.composite
def tickets(draw):
    return Ticket(
        status=draw(st.sampled_from([Status.OPEN, Status.PENDING, Status.SOLVED])),
        priority=draw(st.sampled_from(["", "high"])), tags=draw(st.sampled_from([[], ["told"]])),
        schedule_id=draw(st.sampled_from([None, 2])),
        created_at=draw(instants), updated_at=draw(instants), status_updated_at=draw(instants),
        due_at=draw(st.none() | instants), sla_next_breach_at=draw(st.none() | instants),
    )  # fmt: skip


def beginning(parsed, ticket):
    """The first minute at which conditions hold: nothing but looking."""
    minutes = int(HORIZON / STEP)
    for number in range(minutes):
        now = START + number * STEP
        if holds(parsed, Situation(ticket=ticket, actor=NOBODY, now=now)):
            return now
    return None


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(raw=conditions, ticket=tickets())
def test_the_moment_is_the_one_that_looking_each_minute_finds(two_schedules, raw, ticket):
    parsed = parse(raw, Purpose.AUTOMATION)
    seen, computed = beginning(parsed, ticket), due_at(parsed, ticket, START)
    if seen is None:
        assert computed is None or computed + STEP >= START + HORIZON
    else:
        assert computed is not None
        # Never later than it begins, and not earlier than a minute before.
        assert seen - STEP <= computed <= seen


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(raw=conditions, ticket=tickets(), minute=st.integers(0, 6_000))
def test_the_spans_say_at_every_instant_whether_conditions_hold(
    two_schedules, raw, ticket, minute
):  # fmt: skip
    parsed = parse(raw, Purpose.AUTOMATION)
    now = START + timedelta(minutes=minute, seconds=30)  # off the edges
    is_held = any(begins <= now < ends for begins, ends in held(parsed, ticket))
    assert is_held == holds(parsed, Situation(ticket=ticket, actor=NOBODY, now=now))


def test_what_holds_already_is_due_now():
    ticket = Ticket(status="open", created_at=START - timedelta(days=3))
    parsed = parse(
        {"all": [{"field": "created_hours_ago", "operator": "greater_than", "value": 1}]}
    )
    assert due_at(parsed, ticket, START) == START


def test_eight_business_hours_across_the_change_of_clocks_end_at_the_wall_clocks_hour(
    two_schedules,
):
    # Friday 15:00 in Berlin, two hours before closing; Sunday, on which the clocks go forward at
    # 2:00, is open from nine to five there, so the eight hours are over at 15:00 summer time.
    ticket = Ticket(status="new", status_updated_at=datetime(2026, 3, 27, 14, tzinfo=UTC))
    parsed = parse(
        {"all": [{"field": "NEW", "operator": "greater_than_business_hours", "value": 8}]},
        Purpose.AUTOMATION,
    )
    assert due_at(parsed, ticket, START) == datetime(2026, 3, 29, 13, tzinfo=UTC)


def test_other_statuses_never_become_due():
    ticket = Ticket(status="open", status_updated_at=START)
    parsed = parse({"all": [{"field": "SOLVED", "operator": "greater_than", "value": 1}]})
    assert due_at(parsed, ticket, START) is None


def test_alternatives_come_one_after_the_other():
    ticket = Ticket(status="pending", status_updated_at=START)
    parsed = parse(
        {
            "any": [
                {"field": "PENDING", "operator": "is", "value": 72},
                {"field": "PENDING", "operator": "is", "value": 24},
            ]
        }
    )
    first = START + timedelta(hours=24)
    assert due_at(parsed, ticket, START) == first
    assert due_at(parsed, ticket, first + timedelta(hours=2)) == START + timedelta(hours=72)

"""Business hours: open or closed, and when next, across clocks that change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tickets.models import Schedule
from tickets.schedules import (
    add_open_seconds,
    is_open,
    next_opening,
    open_seconds,
    subtract_open_seconds,
)

BERLIN = ZoneInfo("Europe/Berlin")
MINUTE = timedelta(minutes=1)
NINE_TO_FIVE = [[day * 1440 + 540, day * 1440 + 1020] for day in range(1, 6)]


def schedule(intervals=None, zone: str = "Europe/Berlin", holidays=()) -> Schedule:
    chosen = NINE_TO_FIVE if intervals is None else intervals
    return Schedule(name="s", time_zone=zone, intervals=chosen, holidays=list(holidays))


def berlin(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("at", "answer"),
    [
        (berlin(2026, 11, 20, 8, 59), False),  # a Friday
        (berlin(2026, 11, 20, 9, 0), True),
        (berlin(2026, 11, 20, 16, 59), True),
        (berlin(2026, 11, 20, 17, 0), False),
        (berlin(2026, 11, 21, 12, 0), False),
        (berlin(2026, 11, 22, 12, 0), False),
    ],
)
def test_the_wall_clock_decides(at, answer):
    assert is_open(schedule(), at) is answer


def test_a_weekend_ends_on_monday_morning():
    assert next_opening(schedule(), berlin(2026, 11, 20, 17, 0)) == berlin(2026, 11, 23, 9, 0)


def test_an_open_hour_is_its_own_next_opening():
    at = berlin(2026, 11, 20, 12, 30)
    assert next_opening(schedule(), at) == at


def test_a_holiday_is_skipped_with_both_its_ends():
    christmas = {"name": "Christmas", "start_date": "2026-12-24", "end_date": "2026-12-28"}
    closed = schedule(holidays=[christmas])

    assert not is_open(closed, berlin(2026, 12, 24, 10, 0))
    assert not is_open(closed, berlin(2026, 12, 28, 16, 0))
    assert next_opening(closed, berlin(2026, 12, 23, 18, 0)) == berlin(2026, 12, 29, 9, 0)


def test_nine_is_nine_on_both_sides_of_a_clock_change():
    assert next_opening(schedule(), berlin(2026, 3, 27, 18, 0)) == datetime(
        2026, 3, 30, 7, 0, tzinfo=UTC
    )
    assert next_opening(schedule(), berlin(2026, 10, 23, 18, 0)) == datetime(
        2026, 10, 26, 8, 0, tzinfo=UTC
    )


def test_an_opening_in_the_hour_that_is_left_out_is_when_the_clocks_change():
    night = schedule([[150, 300]])  # Sunday 2:30 to 5:00; clocks go from 2:00 to 3:00
    assert next_opening(night, berlin(2026, 3, 29, 1, 0)) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_round_the_clock_is_always_open():
    at = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # the second 2:30 of that night
    assert next_opening(schedule([[0, 7 * 1440]]), at) == at


def test_a_schedule_without_hours_never_opens():
    assert next_opening(schedule([]), berlin(2026, 11, 20, 8, 0)) is None
    forever = {"name": "Closed", "start_date": "2026-01-01", "end_date": "2099-12-31"}
    assert next_opening(schedule(holidays=[forever]), berlin(2026, 11, 20, 8, 0)) is None


ZONES = st.sampled_from(
    ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC",
     "America/Sao_Paulo", "Africa/Casablanca", "America/Santiago", "Africa/Cairo"]
)  # fmt: skip
INTERVALS = st.lists(st.integers(0, 10080), min_size=2, max_size=8, unique=True).map(
    lambda cuts: [list(pair) for pair in zip(sorted(cuts)[::2], sorted(cuts)[1::2], strict=False)]
)


@settings(max_examples=60, deadline=None)
@given(
    INTERVALS, ZONES,
    st.one_of(
        st.integers(0, 60 * 1440).map(lambda n: datetime(2026, 3, 1, tzinfo=UTC) + n * MINUTE),
        st.integers(0, 30 * 1440).map(lambda n: datetime(2018, 10, 15, tzinfo=UTC) + n * MINUTE),
    ),
)  # fmt: skip
def test_minute_by_minute_nothing_opens_earlier(intervals, zone, at):
    made = schedule(intervals, zone)

    found = next_opening(made, at)

    assert found is not None
    assert is_open(made, found)
    minutes = min(int((found - at).total_seconds() // 60), 4000)
    assert not any(is_open(made, at + timedelta(minutes=n)) for n in range(minutes))


# How long a schedule was open: a slow count, minute by minute, is right by definition.

CLOCK_CHANGES = {
    "Europe/Berlin": [(2026, 3, 28), (2026, 10, 24)],
    "America/New_York": [(2026, 3, 7), (2026, 10, 31)],
    "Africa/Cairo": [(2026, 4, 23), (2026, 10, 29)],  # changes at midnight
    "Australia/Lord_Howe": [(2026, 4, 4), (2026, 10, 3)],  # by half an hour
}


@st.composite
def hours_across_a_change(draw):
    zone = draw(st.sampled_from(sorted(CLOCK_CHANGES)))
    day = draw(st.sampled_from(CLOCK_CHANGES[zone]))
    start = datetime(*day, tzinfo=UTC) + timedelta(minutes=draw(st.integers(-600, 1_500)))
    points = draw(
        st.lists(st.integers(0, 7 * 24 * 4), min_size=2, max_size=40, unique=True).map(sorted)
    )
    intervals = [[a * 15, b * 15] for a, b in zip(points[::2], points[1::2], strict=False)]
    holidays = draw(st.sampled_from([[], ["2026-03-29"], ["2026-10-25", "2026-10-30"]]))
    rows = [{"name": "h", "start_date": day, "end_date": day} for day in holidays]
    return (
        schedule(intervals, zone, rows),
        start,
        start + timedelta(minutes=draw(st.integers(0, 4_000))),
    )


def counted(business: Schedule, start: datetime, end: datetime) -> int:
    seconds, at = 0, start
    while at < end:
        seconds += 60 * is_open(business, at)
        at += MINUTE
    return seconds


@settings(max_examples=40, deadline=None)
@given(case=hours_across_a_change())
def test_open_time_is_what_a_count_of_minutes_says(case) -> None:
    business, start, end = case

    seconds = open_seconds(business, start, end)

    assert seconds == counted(business, start, end)
    if seconds:
        reached = add_open_seconds(business, start, seconds)
        began = subtract_open_seconds(business, end, seconds)
        assert reached is not None
        assert began is not None
        assert counted(business, start, reached) == seconds
        assert counted(business, began, end) == seconds
        assert start <= began < reached <= end


def test_a_schedule_without_hours_never_gets_anywhere() -> None:
    never = schedule([])
    at = berlin(2026, 3, 2, 9)

    assert open_seconds(never, at, at + timedelta(days=30)) == 0
    assert add_open_seconds(never, at, 60) is None
    assert subtract_open_seconds(never, at, 60) is None
    assert add_open_seconds(never, at, 0) == at

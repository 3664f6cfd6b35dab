from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.selectors.resolution_times import EDGES, Bucket, Quantiles, Week
from web.reports import words
from web.reports.charts import HEIGHT, WIDTH, heat_levels, histogram, week_chart


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (None, "—"), (0, "0 s"), (42.4, "42 s"), (59.4, "59 s"), (59.6, "1 min"), (60, "1 min"),
        (1_260, "21 min"), (3_599, "1 h"), (3_600, "1 h"), (17_640, "4 h 54 m"),
        (66_240, "18 h 24 m"), (47 * 3_600, "47 h"), (48 * 3_600, "2 d"), (273_600, "3 d 4 h"),
        (40 * 86_400, "40 d"),
    ],
)  # fmt: skip
def test_durations_read_well(seconds: float | None, text: str) -> None:
    assert words.duration(seconds) == text


@pytest.mark.parametrize(
    ("now", "before", "lower_is_better", "text", "tone"),
    [
        (81, 100, True, "−19 %", "good"),
        (106, 100, True, "+6 %", "bad"),
        (108, 100, False, "+8 %", "good"),
        (108, 100, None, "+8 %", ""),
        (100.2, 100, True, "±0 %", ""),
    ],
)
def test_changes_say_their_direction_and_whether_it_is_good(
    now, before, lower_is_better, text: str, tone: str
) -> None:
    found = words.delta(now, before, lower_is_better=lower_is_better)
    assert found == words.Delta(text, tone)


@pytest.mark.parametrize(("now", "before"), [(None, 5), (5, None), (5, 0)])
def test_there_is_no_change_without_something_to_compare(now, before) -> None:
    assert words.delta(now, before, lower_is_better=True) is None


def test_buckets_are_named_by_their_edges() -> None:
    names = [words.bucket(a, b) for a, b in zip((0, *EDGES), (*EDGES, None), strict=True)]
    assert names == [
        "under 15 min", "15 min – 1 h", "1–4 h", "4–8 h", "8 h – 1 d", "1–2 d", "2–4 d", "4–7 d",
        "7–14 d", "14 d and more",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2026, 11, 3), date(2026, 11, 3), "3 Nov 2026"),
        (date(2026, 11, 1), date(2026, 11, 30), "1–30 Nov 2026"),
        (date(2026, 11, 30), date(2026, 12, 6), "30 Nov – 6 Dec 2026"),
        (date(2025, 12, 28), date(2026, 1, 3), "28 Dec 2025 – 3 Jan 2026"),
    ],
)
def test_days_are_named_as_short_as_they_can_be(first: date, last: date, text: str) -> None:
    assert words.days(first, last) == text


QUANTILES = st.one_of(
    st.just(Quantiles()),
    st.tuples(st.integers(1, 10**8), st.integers(0, 10**8)).map(
        lambda pair: Quantiles(3, pair[0], pair[0] + pair[1])
    ),
)


@given(st.lists(QUANTILES, min_size=1, max_size=523))
def test_a_chart_of_any_weeks_stays_inside_its_drawing(values: list[Quantiles]) -> None:
    monday = date(2026, 1, 5)
    weeks = [Week(monday + timedelta(weeks=n), True, value) for n, value in enumerate(values)]
    chart = week_chart(weeks)
    assert len(chart.labels) == len(chart.columns) == len(weeks)
    assert sum(not label.css for label in chart.labels) <= 14
    assert 2 <= len(chart.lines) <= 60
    for path in (chart.median, chart.p90, chart.area):
        for pair in path.replace("Z", "").replace("M", "L").split("L"):
            if pair.strip():
                x, y = map(float, pair.split())
                assert 0 <= x <= WIDTH
                assert 0 <= y <= HEIGHT


def test_a_week_without_solved_tickets_is_a_gap_in_the_line() -> None:
    value = Quantiles(1, 60.0, 120.0)
    counts = [value, value, Quantiles(), value, value]
    weeks = [Week(date(2026, 1, 5) + timedelta(weeks=n), True, q) for n, q in enumerate(counts)]
    assert week_chart(weeks).median.count("M") == 2


def test_the_longest_bar_is_as_long_as_the_drawing() -> None:
    bars = histogram([Bucket(0, 900, 50, 0.5), Bucket(900, None, 25, 0.25)])
    assert [bar.length for bar in bars] == [1000, 500]
    assert [bar.share for bar in bars] == ["50 %", "25 %"]


@given(st.lists(st.lists(st.integers(0, 10_000), min_size=24, max_size=24), min_size=7, max_size=7))
def test_heat_says_nothing_some_and_most(hours: list[list[int]]) -> None:
    levels = heat_levels(hours)
    busiest = max(map(max, hours))
    for row, found in zip(hours, levels, strict=True):
        for count, level in zip(row, found, strict=True):
            assert (level == 0) == (count == 0)
            assert 0 <= level <= 10
            assert level == 10 or count < busiest or not count

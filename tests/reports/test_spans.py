from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.errors import InvalidSpan
from reports.spans import MAX_DAYS, PRESETS, Span

BERLIN = ZoneInfo("Europe/Berlin")
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(first=DAYS, days=st.integers(1, MAX_DAYS))
def test_the_weeks_of_a_span_cover_it_and_no_more(first: date, days: int) -> None:
    span = Span(first, first + timedelta(days=days), BERLIN)
    mondays = span.mondays()
    assert all(monday.weekday() == 0 for monday in mondays)
    assert mondays[0] <= span.first < mondays[0] + timedelta(days=7)
    assert mondays[-1] <= span.last < mondays[-1] + timedelta(days=7)
    assert len(mondays) == (mondays[-1] - mondays[0]).days // 7 + 1


@given(today=DAYS, key=st.sampled_from(sorted(PRESETS)))
def test_every_preset_is_a_span_that_ends_today_at_the_latest(today: date, key: str) -> None:
    span = PRESETS[key].span(today, BERLIN)
    assert span.first <= span.last <= today


def test_presets_begin_and_end_where_their_names_say() -> None:
    today = date(2026, 3, 5)  # a Thursday
    spans = {key: preset.span(today, BERLIN) for key, preset in PRESETS.items()}
    assert (spans["7-days"].first, spans["7-days"].last) == (date(2026, 2, 27), today)
    assert (spans["13-weeks"].first, spans["13-weeks"].last) == (date(2025, 12, 8), today)
    assert (spans["this-month"].first, spans["this-month"].last) == (date(2026, 3, 1), today)
    assert spans["last-month"].first == date(2026, 2, 1)
    assert spans["last-month"].last == date(2026, 2, 28)


def test_the_span_before_a_clock_change_begins_at_midnight_too() -> None:
    span = Span(date(2026, 3, 30), date(2026, 4, 6), BERLIN)
    assert span.previous_starts_at.isoformat() == "2026-03-23T00:00:00+01:00"
    assert span.starts_at.isoformat() == "2026-03-30T00:00:00+02:00"


@pytest.mark.parametrize(
    ("first", "end"),
    [
        (date(2026, 1, 2), date(2026, 1, 2)),
        (date(2026, 1, 2), date(2026, 1, 1)),
        (date(1, 1, 1), date(2026, 1, 1)),
        (date(2026, 1, 1), date(9999, 12, 31)),
        (date(2000, 1, 1), date(2026, 1, 1)),
    ],
)
def test_an_impossible_span_is_refused_with_a_sentence(first: date, end: date) -> None:
    with pytest.raises(InvalidSpan, match=r"\.$"):
        Span(first, end, BERLIN)

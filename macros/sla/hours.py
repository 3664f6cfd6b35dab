"""Measuring stretches of time, in calendar or in business seconds. No clock.

A stretch is `[start, end, schedule id]`: instants as seconds since 1970, the end None while it
lasts, and the business hours that were in force. Time adds up over all stretches, each by its own
hours (domain-standards.md §4: cumulative across schedules, as reports compute it).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from tickets.conditions import business
from tickets.models import Schedule
from tickets.schedules import open_spans

Stretch = list[Any]  # [start, end or None, schedule id or None]

_DAY = 86_400
_LOOK_AHEAD = 2_200  # days; hours that do not come within them never come
_KEPT_DAYS = 20_000
_days: dict[tuple[int, datetime, int], tuple[tuple[float, float], ...]] = {}


def elapsed(stretches: Sequence[Stretch], *, until: float, is_business: bool) -> float:
    """Seconds that count in all stretches up to an instant."""
    total = 0.0
    for start, end, schedule_id in stretches:
        end = until if end is None else min(end, until)
        if end > start:
            total += sum(b - a for a, b in _parts(start, end, schedule_id, is_business))
    return total


def reached_at(
    stretches: Sequence[Stretch], seconds: float, *, not_before: float, is_business: bool
) -> float | None:
    """When so many seconds have counted, at an instant at which time was running.

    None when it does not happen before the last stretch ends. An instant before `not_before` (the
    moment at which the target was set) becomes the first running one that is not.
    """
    left = seconds
    for start, end, schedule_id in stretches:
        stop = start + _LOOK_AHEAD * _DAY if end is None else end
        at = start if left <= 0 else None
        for a, b in () if left <= 0 else _parts(start, stop, schedule_id, is_business):
            if b - a >= left:
                at = a + left
                left = 0
                break
            left -= b - a
        if at is not None and (found := max(at, not_before)) < stop:
            return found
    return None


def open_from(at: float, schedule_id: int | None) -> Iterator[tuple[float, float]]:
    """The open spans of the two weeks after an instant."""
    return _parts(at, at + 14 * _DAY, schedule_id, is_business=True)


def _parts(
    start: float, end: float, schedule_id: int | None, is_business: bool
) -> Iterator[tuple[float, float]]:
    schedule = business.schedule_of(schedule_id) if is_business else None
    if schedule is None:
        yield start, end
        return
    for day in range(int(start // _DAY), int(end // _DAY) + 1):
        for a, b in _open_on(schedule, day):
            if max(a, start) < min(b, end):
                yield max(a, start), min(b, end)


def _open_on(schedule: Schedule, day: int) -> tuple[tuple[float, float], ...]:
    """What is open on a day of UTC; kept, because clocks ask for the same days again and again."""
    key = (schedule.pk, schedule.updated_at, day)
    found = _days.get(key)
    if found is None:
        if len(_days) >= _KEPT_DAYS:
            _days.clear()
        begins = datetime.fromtimestamp(day * _DAY, UTC)
        spans = open_spans(schedule, begins, begins + timedelta(days=1))
        found = tuple((a.timestamp(), b.timestamp()) for a, b in spans)
        _days[key] = found
    return found

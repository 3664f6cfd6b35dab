"""Business hours: pure questions to a schedule. No clock, no database.

A schedule is in local time: "Monday 9:00" is what the wall clock shows there, also across the
changes of daylight saving time (PEP 495). Holidays are whole local days.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tickets.models import Schedule
from tickets.public_holidays import public_holidays

DAY = 24 * 60  # minutes
_LOOK_AHEAD = 400  # days; a schedule that is closed for longer has no next opening
_SECOND = timedelta(seconds=1)
_FAR = timedelta(days=3_653)


def is_open(schedule: Schedule, at: datetime) -> bool:
    """Whether an instant lies within business hours. Raises ZoneInfoNotFoundError."""
    local = at.astimezone(ZoneInfo(schedule.time_zone))
    if _is_holiday(schedule, local.date()):
        return False
    minute = _days_since_sunday(local.date()) * DAY + local.hour * 60 + local.minute
    return any(start <= minute < end for start, end in schedule.intervals)


def next_opening(schedule: Schedule, at: datetime) -> datetime | None:
    """The first open instant that is not before `at`, in UTC; `at` itself when it is open.

    None when there is none for more than a year. Raises ZoneInfoNotFoundError.
    """
    at = at.astimezone(UTC)
    if is_open(schedule, at):
        return at
    zone = ZoneInfo(schedule.time_zone)
    today = at.astimezone(zone).date()
    if not schedule.intervals:
        return None
    for ahead in range(_LOOK_AHEAD):
        day = today + timedelta(days=ahead)
        if _is_holiday(schedule, day):
            continue
        instants = sorted(instant for instant in _beginnings(schedule, day, zone) if instant > at)
        for instant in instants:
            if is_open(schedule, instant):
                return instant
    return None


def open_seconds(schedule: Schedule, start: datetime, end: datetime) -> int:
    """Business seconds from one instant to a later one; 0 when it is not later."""
    return sum(int((b - a).total_seconds()) for a, b in open_spans(schedule, start, end))


def add_open_seconds(schedule: Schedule, at: datetime, seconds: int) -> datetime | None:
    """The first instant by which so many business seconds have passed since `at`, in UTC.

    None when there are not so many within ten years: the schedule has no hours.
    """
    if seconds <= 0:
        return at.astimezone(UTC)
    left = seconds
    for start, end in open_spans(schedule, at, at + _FAR):
        length = int((end - start).total_seconds())
        if length >= left:
            return start + timedelta(seconds=left)
        left -= length
    return None


def subtract_open_seconds(schedule: Schedule, at: datetime, seconds: int) -> datetime | None:
    """The latest instant since which so many business seconds have passed until `at`, in UTC."""
    if seconds <= 0:
        return at.astimezone(UTC)
    if not schedule.intervals:
        return None
    left = seconds
    zone = ZoneInfo(schedule.time_zone)
    day = at.astimezone(zone).date()
    for ago in range(_FAR.days):
        for start, end in reversed(_spans_of_day(schedule, day - timedelta(days=ago), zone)):
            end = min(end, at)
            length = int((end - start).total_seconds())
            if length >= left:
                return end - timedelta(seconds=left)
            left -= max(length, 0)
    return None


def open_spans(
    schedule: Schedule, start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """The open stretches between two instants, in order, in UTC. Raises ZoneInfoNotFoundError.

    They agree with `is_open` on each instant, also where clocks change: an hour that comes twice is
    open twice, one that is left out not at all.
    """
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    zone = ZoneInfo(schedule.time_zone)
    if not schedule.intervals:
        return
    day = start.astimezone(zone).date()
    while day <= end.astimezone(zone).date():
        for first, last in _spans_of_day(schedule, day, zone):
            if max(first, start) < min(last, end):
                yield max(first, start), min(last, end)
        day += timedelta(days=1)


def _spans_of_day(schedule: Schedule, day: date, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    if _is_holiday(schedule, day):
        return []
    base = _days_since_sunday(day) * DAY
    wanted = [
        (max(start - base, 0), min(end - base, DAY))
        for start, end in schedule.intervals
        if start - base < DAY and end - base > 0
    ]
    midnight = datetime.combine(day, time(), UTC)
    spans = []
    for begins, ends in _segments(day, zone):
        offset = _offset(begins, zone) or timedelta()
        for first, last in wanted:
            start = max(midnight + timedelta(minutes=first) - offset, begins)
            end = min(midnight + timedelta(minutes=last) - offset, ends)
            if start < end:
                spans.append((start, end))
    return spans


def _segments(day: date, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    """A local day in UTC, cut where its distance to UTC changes."""
    midnight = datetime.combine(day, time())
    begins, ends = (
        at.replace(tzinfo=zone).astimezone(UTC) for at in (midnight, midnight + timedelta(days=1))
    )
    cuts = [cut for cut in _clock_change(midnight, zone) if begins < cut < ends]
    points = [begins, *cuts, ends]
    return list(zip(points, points[1:], strict=False))


def _beginnings(schedule: Schedule, day: date, zone: ZoneInfo) -> Iterator[datetime]:
    """Instants of a day at which a closed schedule may become open."""
    offset = _days_since_sunday(day) * DAY
    midnight = datetime.combine(day, time())
    minutes = {start - offset for start, _ in schedule.intervals if 0 <= start - offset < DAY}
    for minute in {0, *minutes}:
        wall = midnight + timedelta(minutes=minute)
        # An hour that comes twice has two such instants; one that is left out has none, and then
        # the change of the clocks itself is where an interval begins.
        yield wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
        yield wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    yield from _clock_change(midnight, zone)


def _clock_change(midnight: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """The instant within a day at which the distance to UTC changes, if it does."""
    early = midnight.replace(tzinfo=zone).astimezone(UTC) - _SECOND
    late = (midnight + timedelta(days=1)).replace(tzinfo=zone).astimezone(UTC)
    before, after = _offset(early, zone), _offset(late, zone)
    if before == after:
        return
    while late - early > _SECOND:
        middle = (early + (late - early) / 2).replace(microsecond=0)
        if _offset(middle, zone) == before:
            early = middle
        else:
            late = middle
    yield late


def _offset(instant: datetime, zone: ZoneInfo) -> timedelta | None:
    return instant.astimezone(zone).utcoffset()


def _is_holiday(schedule: Schedule, day: date) -> bool:
    text = day.isoformat()
    if day in public_holidays(schedule.country, schedule.subdivision, day.year):
        return True
    return any(
        holiday["start_date"] <= text <= holiday["end_date"] for holiday in schedule.holidays
    )


def _days_since_sunday(day: date) -> int:
    return day.isoweekday() % 7

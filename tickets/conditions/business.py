"""Business hours in conditions: the instant since which so many of them have passed."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from tickets import schedules
from tickets.models import Schedule

_FRESH_SECONDS = 5
_HOUR = 3600
_kept: tuple[float, dict[int, Schedule]] = (0.0, {})


def all_schedules() -> dict[int, Schedule]:
    """Every schedule by id, the default one first; kept for some seconds."""
    global _kept
    read_at, rows = _kept
    if time.monotonic() - read_at > _FRESH_SECONDS:
        rows = Schedule.objects.in_bulk(
            list(Schedule.objects.order_by("id").values_list("id", flat=True))
        )
        rows = dict(sorted(rows.items()))
        _kept = (time.monotonic(), rows)
    return rows


def forget_schedules() -> None:
    """Drop what was kept, after a change."""
    global _kept
    _kept = (0.0, {})


def schedule_of(schedule_id: int | None) -> Schedule | None:
    """A ticket's schedule: its own, else the first of the house, else none (always open)."""
    rows = all_schedules()
    return rows.get(schedule_id or 0) or next(iter(rows.values()), None)


def hours_ago(schedule: Schedule | None, now: datetime, hours: int) -> datetime:
    """The latest instant since which so many business hours have passed; long ago for never."""
    if schedule is None:
        return now - timedelta(hours=hours)
    found = schedules.subtract_open_seconds(schedule, now, hours * _HOUR)
    return found or datetime.min.replace(tzinfo=now.tzinfo, year=1970)


def hours_ahead(schedule: Schedule | None, now: datetime, hours: int) -> datetime:
    """The first instant by which so many business hours will have passed; far off for never."""
    if schedule is None:
        return now + timedelta(hours=hours)
    found = schedules.add_open_seconds(schedule, now, hours * _HOUR)
    return found or datetime.max.replace(tzinfo=now.tzinfo, year=9000)

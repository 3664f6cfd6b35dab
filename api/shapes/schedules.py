"""Business hours as Zendesk's schedules; `country`, `subdivision` are ours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from api.shapes.times import stamp
from tickets.models import Schedule


def schedule_shapes(schedules: Sequence[Schedule], base: str) -> list[dict[str, Any]]:
    return [
        {
            "id": schedule.pk,
            "url": f"{base}/business_hours/schedules/{schedule.pk}.json",
            "name": schedule.name,
            "time_zone": schedule.time_zone,
            "intervals": interval_shapes(schedule),
            "country": schedule.country or None,
            "subdivision": schedule.subdivision or None,
            "created_at": stamp(schedule.created_at),
            "updated_at": stamp(schedule.updated_at),
        }
        for schedule in schedules
    ]


def interval_shapes(schedule: Schedule) -> list[dict[str, int]]:
    """Minutes since Sunday, 0:00, local time."""
    return [{"start_time": start, "end_time": end} for start, end in schedule.intervals]


def holiday_shapes(schedule: Schedule) -> list[dict[str, Any]]:
    """Own days off, both ends included; the id is made of them."""
    return [{"id": id_of(holiday), **holiday} for holiday in schedule.holidays]


def id_of(holiday: dict[str, str]) -> int:
    """The first day and the length: 20261224 and 3 days are 202612240003."""
    first, last = (date.fromisoformat(holiday[name]) for name in ("start_date", "end_date"))
    return int(f"{first:%Y%m%d}{(last - first).days + 1:04d}")

"""Business hours between the database (minutes of a week) and the form (times of days)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from tickets.actions import Holiday
from tickets.actions.schedules import DAY
from tickets.errors import InvalidChange
from tickets.models import Schedule
from tickets.public_holidays import public_holidays

BLOCKS = 4  # spans of one day that a form can have
COMING = 5  # public holidays that are shown
_TIME = re.compile(r"([01]?\d|2[0-4])(?:[:.h]([0-5]\d))?")
# Monday first; the number is the day of the week from Sunday, as schedules count.
DAYS = (
    (1, gettext_lazy("Monday")), (2, gettext_lazy("Tuesday")), (3, gettext_lazy("Wednesday")),
    (4, gettext_lazy("Thursday")), (5, gettext_lazy("Friday")), (6, gettext_lazy("Saturday")),
    (0, gettext_lazy("Sunday")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day of the form: its spans as pairs of texts, and an empty one."""

    number: int
    name: str
    spans: list[tuple[str, str]]
    bars: list[tuple[float, float]]


def day_rows(intervals: Sequence[Sequence[int]], *, spare: int = 1) -> list[DayRow]:
    """The stored week by days; bars are start and length in hours."""
    rows = []
    for number, name in DAYS:
        parts = []
        for start, end in intervals:
            begin, stop = max(start, number * DAY), min(end, (number + 1) * DAY)
            if begin < stop:
                parts.append((begin - number * DAY, stop - number * DAY))
        spans = [(clock_text(begin), clock_text(stop)) for begin, stop in parts]
        free = min(spare if spans else 1, BLOCKS - len(spans)) if len(spans) < BLOCKS else 0
        bars = [(begin / 60, (stop - begin) / 60) for begin, stop in parts]
        rows.append(DayRow(number, str(name), [*spans, *[("", "")] * free], bars))
    return rows


def typed_rows(data: QueryDict) -> list[DayRow]:
    """What was typed, as it was typed."""
    return [
        DayRow(number, str(name), _spans(data, number) or [("", "")], []) for number, name in DAYS
    ]


def intervals_from(data: QueryDict) -> list[tuple[int, int]]:
    """The spans of the form. Raises InvalidChange naming the day."""
    intervals = []
    for number, name in DAYS:
        for start, end in _spans(data, number):
            if not (start or end):
                continue
            begin, stop = minutes(start), minutes(end)
            if begin is None or stop is None:
                raise InvalidChange(
                    "intervals",
                    _("%(day)s: write times such as 09:00 and 17:30.") % {"day": name},
                )
            if stop == 0:
                stop = DAY  # "until 00:00" means midnight at the end of the day
            if stop <= begin:
                raise InvalidChange(
                    "intervals",
                    _("%(day)s: %(end)s is not after %(start)s.")
                    % {"day": name, "start": start, "end": end},
                )
            intervals.append((number * DAY + begin, number * DAY + stop))
    return intervals


def holidays_from(data: QueryDict) -> list[Holiday]:
    """The holidays of the form; one without an end is one day. Raises InvalidChange."""
    holidays = []
    for name, start, end in _holiday_texts(data):
        if not (name or start or end):
            continue
        try:
            first = date.fromisoformat(start)
            last = date.fromisoformat(end) if end else first
        except ValueError as error:
            raise InvalidChange(
                "holidays",
                _("“%(name)s” needs a date such as 2026-12-25.") % {"name": name or "…"},
            ) from error
        holidays.append(Holiday(name, first, last))
    return holidays


def holiday_rows(schedule: Schedule | None) -> list[tuple[str, str, str]]:
    """Stored holidays as texts, and an empty row."""
    stored = schedule.holidays if schedule else []
    rows = [(holiday["name"], holiday["start_date"], holiday["end_date"]) for holiday in stored]
    return [*rows, ("", "", "")]


def coming_holidays(schedule: Schedule | None) -> list[tuple[date, str]]:
    """The next public holidays of the place of some business hours, by their own calendar."""
    if schedule is None or not schedule.country:
        return []
    today = clock.now().astimezone(ZoneInfo(schedule.time_zone)).date()
    days = {
        day: name
        for year in (today.year, today.year + 1)
        for day, name in public_holidays(schedule.country, schedule.subdivision, year).items()
        if day >= today
    }
    return sorted(days.items())[:COMING]


def typed_holidays(data: QueryDict) -> list[tuple[str, str, str]]:
    """What was typed, as it was typed."""
    return _holiday_texts(data) or [("", "", "")]


def hours_a_week(intervals: Sequence[Sequence[int]]) -> str:
    """`42.5`."""
    return f"{sum(end - start for start, end in intervals) / 60:g}"


def minutes(text: str) -> int | None:
    """`9:30` and `9` → 570 and 540; `24:00` is the end of the day."""
    match = _TIME.fullmatch(text.strip())
    value = int(match[1]) * 60 + int(match[2] or 0) if match else None
    return value if value is not None and value <= DAY else None


def clock_text(value: int) -> str:
    """570 → `09:30`."""
    return f"{value // 60:02}:{value % 60:02}"


def week(intervals: Sequence[Sequence[int]]) -> list[dict[str, Any]]:
    """A picture of the week: a line a day, with bars at their hours."""
    return [
        {"name": row.name[:2], "y": index * 8, "bars": row.bars}
        for index, row in enumerate(day_rows(intervals))
    ]


def _spans(data: QueryDict, number: int) -> list[tuple[str, str]]:
    starts = data.getlist(f"start-{number}")[:BLOCKS]
    ends = data.getlist(f"end-{number}")[:BLOCKS]
    return [(s[:8].strip(), e[:8].strip()) for s, e in zip(starts, ends, strict=False)]


def _holiday_texts(data: QueryDict) -> list[tuple[str, str, str]]:
    lists = [data.getlist(f"holiday-{part}")[:201] for part in ("name", "start", "end")]
    return [
        (name[:100].strip(), start[:10].strip(), end[:10].strip())
        for name, start, end in zip(*lists, strict=False)
    ]

"""The targets of an SLA policy between its JSON and the table of its form."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from macros.errors import InvalidRule
from macros.models import Metric
from macros.sla.lengths import length_of, seconds_of
from tickets.models import Priority

PRIORITIES = (*reversed(Priority.values), "")
CALENDAR, BUSINESS, MIXED = "calendar", "business", "mixed"
_PART = re.compile(r"(\d{1,6})\s*(d|h|min|m|sec|s)?", re.IGNORECASE)
_SECONDS = {"d": 86_400, "h": 3600, "m": 60, "min": 60, "": 60, "s": 1, "sec": 1}


@dataclass(frozen=True, slots=True)
class Cell:
    """One target as it is typed; `was_business` is kept where a line is mixed."""

    name: str
    priority: str
    label: str
    value: str
    was_business: bool


@dataclass(frozen=True, slots=True)
class Line:
    """The targets of one metric, urgent first; `hours` is calendar, business or mixed."""

    metric: str
    label: str
    hours: str
    cells: list[Cell]


def lines_of(targets: Sequence[Mapping[str, Any]]) -> list[Line]:
    """Stored targets as lines of the table."""
    stored = {(each["metric"], each.get("priority") or ""): each for each in targets}
    made = []
    for metric, label in Metric.choices:
        found = [stored.get((metric, priority)) for priority in PRIORITIES]
        flags = {bool(each.get("business_hours")) for each in found if each}
        hours = MIXED if len(flags) > 1 else BUSINESS if True in flags else CALENDAR
        made.append(Line(metric, str(label), hours, [
            Cell(_name(metric, priority), priority, _word(priority),
                 duration(seconds_of(each)) if each else "",
                 bool(each and each.get("business_hours")))
            for priority, each in zip(PRIORITIES, found, strict=True)
        ]))  # fmt: skip
    return made


def typed_lines(data: Mapping[str, str]) -> list[Line]:
    """The table as it was typed."""
    made = []
    for metric, label in Metric.choices:
        hours = data.get(f"hours-{metric}", CALENDAR)
        made.append(Line(
            metric, str(label), hours if hours in (CALENDAR, BUSINESS, MIXED) else CALENDAR,
            [Cell(_name(metric, priority), priority, _word(priority),
                  data.get(_name(metric, priority), "")[:40],
                  data.get(f"was-{_name(metric, priority)}") == "1") for priority in PRIORITIES],
        ))  # fmt: skip
    return made


def targets_in(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Targets for the action. Raises InvalidRule naming the cell that is no duration."""
    made = []
    for line in lines:
        for cell in line.cells:
            if not cell.value.strip():
                continue
            seconds = seconds_in(cell.value)
            if seconds is None:
                raise InvalidRule(
                    _("%(metric)s, %(priority)s: write a time such as 45s, 30m, 4h or 1d 12h.")
                    % {"metric": line.label, "priority": cell.label}
                )
            is_business = cell.was_business if line.hours == MIXED else line.hours == BUSINESS
            made.append({"metric": line.metric, "priority": cell.priority, **length_of(seconds),
                         "business_hours": is_business})  # fmt: skip
    return made


def words_of_targets(targets: Sequence[Mapping[str, Any]]) -> list[str]:
    """`First reply within 1h (Urgent), 4h (High), in business hours`: one for each metric."""
    return [
        _("%(metric)s within %(times)s") % {"metric": line.label, "times": ", ".join(
            [*(f"{cell.value} ({cell.label})" for cell in line.cells if cell.value),
             *([_("in business hours")] if line.hours == BUSINESS else [])])}
        for line in lines_of(targets)
        if any(cell.value for cell in line.cells)
    ]  # fmt: skip


def seconds_in(text: str) -> int | None:
    """`1h 30m`, `90` (minutes), `2d`, `45s` → seconds; None for what is no duration."""
    rest = _PART.sub("", text).strip(" ,")
    parts = _PART.findall(text)
    if rest or not parts:
        return None
    return sum(int(number) * _SECONDS[unit.lower()] for number, unit in parts)


def duration(seconds: int) -> str:
    """5400 → `1h 30m`, 45 → `45s`."""
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "h"), (minutes, "m"), (seconds, "s"))
    return " ".join(f"{number}{unit}" for number, unit in parts if number)


def _name(metric: str, priority: str) -> str:
    return f"{metric}-{priority or 'none'}"


def _word(priority: str) -> str:
    return str(Priority(priority).label) if priority else _("No priority")

"""The report's numbers turned into what its page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from reports.metrics import (
    CREATED_TICKETS,
    FIRST_REPLY,
    FIRST_RESOLUTION,
    FULL_RESOLUTION,
    REOPENS,
    SOLVED_TICKETS,
    Metric,
)
from reports.selectors import ResolutionTimes
from reports.selectors.resolution_times import Compared, Row
from web.reports import words
from web.reports.charts import (
    Bar,
    WeekChart,
    heat_levels,
    histogram,
    week_chart,
    week_name,
)
from web.reports.words import Delta, delta

DEFINITIONS: tuple[Metric, ...] = (
    FULL_RESOLUTION, FIRST_RESOLUTION, FIRST_REPLY, SOLVED_TICKETS, CREATED_TICKETS, REOPENS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tile:
    title: str
    value: str
    delta: Delta | None
    note: str


@dataclass(frozen=True, slots=True)
class TimesLine:
    """A line of a table: a name, how many, median, 90th percentile, the median's change."""

    name: str
    detail: str
    n: int
    median: str
    p90: str
    delta: Delta | None


@dataclass(frozen=True, slots=True)
class HeatCell:
    count: int
    level: int
    title: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    day: str
    cells: list[HeatCell]


@dataclass(frozen=True, slots=True)
class ReportPage:
    days: str
    length: str
    previous_days: str
    zone: str
    tiles: list[Tile]
    chart: WeekChart
    bars: list[Bar]
    weeks: list[TimesLine]
    channels: list[TimesLine]
    groups: list[TimesLine]
    totals: list[TimesLine]
    heat: list[HeatRow]
    definitions: tuple[Metric, ...]


def page_of(report: ResolutionTimes) -> ReportPage:
    span = report.span
    return ReportPage(
        days=words.span_days(span),
        length=words.length(span),
        previous_days=words.days(span.previous_first, span.first - timedelta(days=1)),
        zone=span.zone.key,
        tiles=_tiles(report),
        chart=week_chart(report.weeks),
        bars=histogram(report.distribution),
        weeks=_weeks(report),
        channels=[_line(row.title, row.times) for row in report.channels],
        groups=[_line(_group_title(row), row.times) for row in report.groups],
        totals=_totals(report),
        heat=_heat(report.hours),
        definitions=DEFINITIONS,
    )


def _tiles(report: ResolutionTimes) -> list[Tile]:
    full, reply = report.full, report.first_reply
    solved = delta(full.now.n, full.before.n, lower_is_better=None)
    return [
        Tile(
            _("Full resolution, median"), words.duration(full.now.median),
            delta(full.now.median, full.before.median, lower_is_better=True), _n(full.now.n),
        ),
        Tile(
            _("Full resolution, 90th percentile"), words.duration(full.now.p90),
            delta(full.now.p90, full.before.p90, lower_is_better=True), _n(full.now.n),
        ),
        Tile(
            _("First reply, median"), words.duration(reply.now.median),
            delta(reply.now.median, reply.before.median, lower_is_better=True), _n(reply.now.n),
        ),
        Tile(
            _("Solved tickets"), f"{full.now.n:,}", solved,
            _("%(n)s created") % {"n": f"{report.created.now:,}"},
        ),
    ]  # fmt: skip


def _totals(report: ResolutionTimes) -> list[TimesLine]:
    return [
        _line(str(metric.title), times)
        for metric, times in (
            (FULL_RESOLUTION, report.full),
            (FIRST_RESOLUTION, report.first_resolution),
            (FIRST_REPLY, report.first_reply),
        )
    ]


def _weeks(report: ResolutionTimes) -> list[TimesLine]:
    lines = []
    before = None
    for week in report.weeks:
        now = week.quantiles
        last = week.monday + timedelta(days=6)
        detail = words.days(week.monday, last)
        if not week.is_whole:
            detail = _("%(days)s, in part") % {"days": detail}
        lines.append(
            TimesLine(
                week_name(week), detail, now.n, words.duration(now.median),
                words.duration(now.p90), delta(now.median, before, lower_is_better=True),
            )
        )  # fmt: skip
        before = now.median
    return lines


def _line(name: str, times: Compared) -> TimesLine:
    return TimesLine(
        name, "", times.now.n, words.duration(times.now.median), words.duration(times.now.p90),
        delta(times.now.median, times.before.median, lower_is_better=True),
    )  # fmt: skip


def _group_title(row: Row) -> str:
    return row.title or _("No group")


def _heat(hours: list[list[int]]) -> list[HeatRow]:
    levels = heat_levels(hours)
    return [
        HeatRow(
            str(WEEKDAYS_ABBR[day]),
            [
                HeatCell(count, levels[day][hour], _cell_title(day, hour, count))
                for hour, count in enumerate(counts)
            ],
        )
        for day, counts in enumerate(hours)
    ]


def _cell_title(day: int, hour: int, count: int) -> str:
    return _("%(day)s %(hour)02d–%(next)02d h: %(count)d") % {
        "day": WEEKDAYS[day], "hour": hour, "next": hour + 1, "count": count,
    }  # fmt: skip


def _n(count: int) -> str:
    return _("n = %(n)s") % {"n": f"{count:,}"}

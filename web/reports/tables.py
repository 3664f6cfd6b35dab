"""The tables of the report as rows for people's spreadsheets: plain numbers, seconds, ISO dates."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.spreadsheets import Sheet
from reports.metrics import FIRST_REPLY, FIRST_RESOLUTION, FULL_RESOLUTION
from reports.selectors import ResolutionTimes
from reports.selectors.resolution_times import Compared, Quantiles, Row

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _summary(report: ResolutionTimes) -> Sheet:
    def rows() -> Iterator[list[object]]:
        for metric, times in (
            (FULL_RESOLUTION, report.full),
            (FIRST_RESOLUTION, report.first_resolution),
            (FIRST_REPLY, report.first_reply),
        ):
            yield [str(metric.title), *_numbers(times.now), *_numbers(times.before)]
        for title, count in ((_("Created"), report.created), (_("Reopens"), report.reopens)):
            yield [title, count.now, "", "", count.before, "", ""]

    header = ["metric", *_QUANTILES, *(f"previous_{name}" for name in _QUANTILES)]
    return Sheet("summary", header, rows())


def _weeks(report: ResolutionTimes) -> Sheet:
    rows = (
        [
            "{}-W{:02}".format(*week.monday.isocalendar()[:2]), week.monday.isoformat(),
            "yes" if week.is_whole else "no", *_numbers(week.quantiles),
        ]
        for week in report.weeks
    )  # fmt: skip
    return Sheet("weeks", ["iso_week", "monday", "whole_week", *_QUANTILES], rows)


def _distribution(report: ResolutionTimes) -> Sheet:
    rows = (
        [b.lower, "" if b.upper is None else b.upper, b.count, round(b.share, 4)]
        for b in report.distribution
    )
    header = ["from_seconds", "below_seconds", "tickets", "share"]
    return Sheet("distribution", header, rows)


def _channels(report: ResolutionTimes) -> Sheet:
    return _breakdown("channels", "channel", report.channels)


def _groups(report: ResolutionTimes) -> Sheet:
    return _breakdown("groups", "group", report.groups)


def _hours(report: ResolutionTimes) -> Sheet:
    rows = ([DAYS[day], *counts] for day, counts in enumerate(report.hours))
    return Sheet("hours", ["weekday", *(f"{hour:02}:00" for hour in range(24))], rows)


_QUANTILES = ("tickets", "median_seconds", "p90_seconds")


def _breakdown(name: str, what: str, lines: list[Row]) -> Sheet:
    rows = (
        [line.title or _("No group"), *_both(line.times)] for line in lines
    )  # a group's name is anything an administrator typed
    header = [what, *_QUANTILES, *(f"previous_{name}" for name in _QUANTILES)]
    return Sheet(name, header, rows)


def _both(times: Compared) -> list[object]:
    return [*_numbers(times.now), *_numbers(times.before)]


def _numbers(quantiles: Quantiles) -> list[object]:
    if quantiles.median is None or quantiles.p90 is None:
        return [quantiles.n, "", ""]
    return [quantiles.n, round(quantiles.median), round(quantiles.p90)]


SHEETS: dict[str, Callable[[ResolutionTimes], Sheet]] = {
    "summary": _summary,
    "weeks": _weeks,
    "distribution": _distribution,
    "channels": _channels,
    "groups": _groups,
    "hours": _hours,
}

DOWNLOADS = (
    ("summary", gettext_lazy("All times")),
    ("weeks", gettext_lazy("By week")),
    ("distribution", gettext_lazy("Distribution")),
    ("channels", gettext_lazy("By channel")),
    ("groups", gettext_lazy("By group")),
    ("hours", gettext_lazy("When customers write")),
)

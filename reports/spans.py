"""Spans of whole days in a reader's time zone: what a report is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from reports.errors import InvalidSpan

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
FIRST_DAY = date(1990, 1, 1)
LAST_DAY = date(2200, 1, 1)
MAX_DAYS = 3_660  # ten years: 523 weeks are as many rows as a page and a chart can show


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `first` up to but not including `end`, as the clocks of `zone` tell them.

    A day that a clock change makes 23 or 25 hours long is one day all the same.
    """

    first: date
    end: date
    zone: ZoneInfo

    def __post_init__(self) -> None:
        if not FIRST_DAY <= self.first <= LAST_DAY or not FIRST_DAY <= self.end <= LAST_DAY:
            raise InvalidSpan("Choose days between 1990 and 2200.")
        if self.first >= self.end:
            raise InvalidSpan("The last day lies before the first one. Swap them and try again.")
        if self.days > MAX_DAYS:
            raise InvalidSpan("A report can cover at most ten years. Choose a shorter span.")

    @property
    def days(self) -> int:
        return (self.end - self.first).days

    @property
    def last(self) -> date:
        """The last day inside the span."""
        return self.end - _DAY

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.first, time.min, tzinfo=self.zone)

    @property
    def ends_at(self) -> datetime:
        return datetime.combine(self.end, time.min, tzinfo=self.zone)

    @property
    def previous_first(self) -> date:
        """The first day of the span of as many days before this one; it ends where this begins."""
        return self.first - timedelta(days=self.days)

    @property
    def previous_starts_at(self) -> datetime:
        return datetime.combine(self.previous_first, time.min, tzinfo=self.zone)

    def mondays(self) -> list[date]:
        """The first days of all ISO weeks that this span touches."""
        monday = self.first - timedelta(days=self.first.weekday())
        return [monday + n * _WEEK for n in range((self.last - monday).days // 7 + 1)]

    def holds_week(self, monday: date) -> bool:
        """Whether all seven days of the week lie inside."""
        return self.first <= monday and monday + _WEEK <= self.end


@dataclass(frozen=True, slots=True)
class Preset:
    """A span that moves with today."""

    key: str
    title: object  # a lazy translation
    days_of: Callable[[date], tuple[date, date]]  # today → first day, day after the last

    def span(self, today: date, zone: ZoneInfo) -> Span:
        first, end = self.days_of(today)
        return Span(first, end, zone)


def _last_days(count: int) -> Callable[[date], tuple[date, date]]:
    return lambda today: (today - timedelta(days=count - 1), today + _DAY)


def _last_13_weeks(today: date) -> tuple[date, date]:
    monday = today - timedelta(days=today.weekday())
    return monday - 12 * _WEEK, today + _DAY


def _this_month(today: date) -> tuple[date, date]:
    return today.replace(day=1), today + _DAY


def _last_month(today: date) -> tuple[date, date]:
    first_of_this = today.replace(day=1)
    return (first_of_this - _DAY).replace(day=1), first_of_this


DEFAULT_PRESET = "13-weeks"
PRESETS = {
    preset.key: preset
    for preset in (
        Preset("7-days", _("Last 7 days"), _last_days(7)),
        Preset("30-days", _("Last 30 days"), _last_days(30)),
        Preset("90-days", _("Last 90 days"), _last_days(90)),
        Preset("13-weeks", _("Last 13 weeks"), _last_13_weeks),
        Preset("this-month", _("This month"), _this_month),
        Preset("last-month", _("Last month"), _last_month),
    )
}

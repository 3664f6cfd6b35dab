"""The report "Resolution times": how long customers wait until their ticket is solved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accounts.actor import Actor
from accounts.models import Group
from reports.metrics import CREATED_TICKETS, FIRST_REPLY, FIRST_RESOLUTION, FULL_RESOLUTION
from reports.policies import Scope, scope_of
from reports.selectors import facts
from reports.selectors.facts import NO_GROUP, Quantiles, ReportFilter
from reports.spans import Span
from tickets.models import Channel

__all__ = ["NO_GROUP", "Quantiles", "ReportFilter", "ResolutionTimes", "resolution_times"]

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
EDGES = (
    15 * _MINUTE, _HOUR, 4 * _HOUR, 8 * _HOUR, _DAY, 2 * _DAY, 4 * _DAY, 7 * _DAY, 14 * _DAY,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Compared:
    """A duration's quantiles in the span and in the span of as many days before it."""

    now: Quantiles
    before: Quantiles


@dataclass(frozen=True, slots=True)
class ComparedCount:
    now: int
    before: int


@dataclass(frozen=True, slots=True)
class Week:
    monday: date
    is_whole: bool
    quantiles: Quantiles


@dataclass(frozen=True, slots=True)
class Bucket:
    """Durations from `lower` up to but not including `upper` seconds; None: no upper end."""

    lower: int
    upper: int | None
    count: int
    share: float  # of all, 0 to 1


@dataclass(frozen=True, slots=True)
class Row:
    """One channel or group."""

    key: str
    title: str
    times: Compared


@dataclass(frozen=True, slots=True)
class ResolutionTimes:
    """Everything the page, its tables and its downloads show. Durations in seconds."""

    span: Span
    full: Compared
    first_resolution: Compared
    first_reply: Compared
    reopens: ComparedCount
    created: ComparedCount
    weeks: list[Week]
    distribution: list[Bucket]
    channels: list[Row]
    groups: list[Row]
    hours: list[list[int]]  # weekday, Monday first × hour

    @property
    def is_empty(self) -> bool:
        return not (self.full.now.n or self.created.now or self.first_reply.now.n)


def resolution_times(*, actor: Actor, wanted: ReportFilter) -> ResolutionTimes:
    """The whole report in six statements, whatever the number of tickets or lines.

    Counts what `actor` may open only. Raises NotPermitted.
    """
    scope = scope_of(actor)
    lines = facts.breakdown(FULL_RESOLUTION, wanted, scope)
    now = {line.is_current: line for line in lines if line.level == "all"}
    nothing = facts.Group("all", is_current=True, quantiles=Quantiles())
    current, previous = now.get(True, nothing), now.get(False, nothing)
    hours, (created, created_before) = facts.by_hour(CREATED_TICKETS, wanted, scope)
    return ResolutionTimes(
        span=wanted.span,
        full=Compared(current.quantiles, previous.quantiles),
        first_resolution=Compared(*facts.totals(FIRST_RESOLUTION, wanted, scope)),
        first_reply=Compared(*facts.totals(FIRST_REPLY, wanted, scope)),
        reopens=ComparedCount(current.reopens, previous.reopens),
        created=ComparedCount(created, created_before),
        weeks=_weeks(wanted.span, lines),
        distribution=_distribution(wanted, scope),
        channels=_channels(lines),
        groups=_groups(lines),
        hours=hours,
    )


def _weeks(span: Span, lines: list[facts.Group]) -> list[Week]:
    found = {line.week: line.quantiles for line in lines if line.level == "week"}
    return [
        Week(monday, span.holds_week(monday), found.get(monday, Quantiles()))
        for monday in span.mondays()
    ]


def _distribution(wanted: ReportFilter, scope: Scope) -> list[Bucket]:
    counts = facts.distribution(FULL_RESOLUTION, wanted, scope, EDGES)
    total = sum(counts)
    return [
        Bucket(lower, upper, count, count / total if total else 0.0)
        for lower, upper, count in zip((0, *EDGES), (*EDGES, None), counts, strict=True)
    ]


def _channels(lines: list[facts.Group]) -> list[Row]:
    titles = dict(Channel.choices)
    pairs = _pairs(lines, "channel")
    rows = [Row(str(key), str(titles.get(str(key), key)), times) for key, times in pairs.items()]
    return sorted(rows, key=_most_first)


def _groups(lines: list[facts.Group]) -> list[Row]:
    names = dict(Group.objects.values_list("id", "name"))
    names[NO_GROUP] = ""
    rows = [
        Row(str(key), names.get(int(key), f"#{key}"), times)
        for key, times in _pairs(lines, "group").items()
    ]
    return sorted(rows, key=_most_first)


def _pairs(lines: list[facts.Group], level: str) -> dict[str | int, Compared]:
    found: dict[bool, dict[str | int, Quantiles]] = {True: {}, False: {}}
    for line in lines:
        if line.level == level:
            key = line.channel if level == "channel" else line.group_id
            found[line.is_current][key or NO_GROUP] = line.quantiles
    return {
        key: Compared(found[True].get(key, Quantiles()), found[False].get(key, Quantiles()))
        for key in found[True].keys() | found[False].keys()
    }


def _most_first(row: Row) -> tuple[int, int, str]:
    return -row.times.now.n, -row.times.before.n, row.title

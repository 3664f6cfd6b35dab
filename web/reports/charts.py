"""Charts as numbers for SVG: no script draws them, and no inline style (the CSP forbids it).

Lines and bars are stretched to the width there is; words stand beside them as html, so that they
keep their size on every screen.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.selectors.resolution_times import Bucket, Week
from web.reports import words

WIDTH, HEIGHT = 1_000, 200
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_STEPS = [
    _MINUTE, 5 * _MINUTE, 10 * _MINUTE, 15 * _MINUTE, 30 * _MINUTE, _HOUR, 2 * _HOUR, 3 * _HOUR,
    4 * _HOUR, 6 * _HOUR, 8 * _HOUR, 12 * _HOUR, _DAY, 2 * _DAY, 4 * _DAY, 7 * _DAY, 14 * _DAY,
    28 * _DAY, 56 * _DAY, 112 * _DAY, 365 * _DAY,
]  # fmt: skip
_MAX_LINES = 5
_LABELS_WIDE, _LABELS_PHONE = 14, 5


@dataclass(frozen=True, slots=True)
class Line:
    """A grid line: its height in the drawing and its label."""

    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Label:
    """A word below the chart; `css` hides it where there is no room for all."""

    text: str
    css: str


@dataclass(frozen=True, slots=True)
class Column:
    """One week: the strip that answers the pointer, and its words."""

    x: float
    width: float
    title: str


@dataclass(frozen=True, slots=True)
class WeekChart:
    width: int
    height: int
    median: str  # path data, as the next three
    p90: str
    area: str
    dots: str
    lines: list[Line]
    labels: list[Label]
    columns: list[Column]


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    length: int  # of 1,000
    count: int
    share: str
    title: str


def week_chart(weeks: list[Week]) -> WeekChart:
    """Median and 90th percentile over the weeks; a week without solved tickets is a gap."""
    step, count = _scale(max((week.quantiles.p90 or 0 for week in weeks), default=0))
    top = step * count
    places = _places(len(weeks))

    def point(index: int, value: float) -> tuple[float, float]:
        return places[index], round(HEIGHT - value / top * HEIGHT, 1)

    runs = _runs(weeks)
    medians = [[point(i, weeks[i].quantiles.median or 0) for i in run] for run in runs]
    p90s = [[point(i, weeks[i].quantiles.p90 or 0) for i in run] for run in runs]
    lone = [run[0] for run in (*medians, *p90s) if len(run) == 1]
    last = medians[-1][-1:] if medians else []
    return WeekChart(
        width=WIDTH, height=HEIGHT,
        median=" ".join(_path(run) for run in medians if len(run) > 1),
        p90=" ".join(_path(run) for run in p90s if len(run) > 1),
        area=" ".join(_area(run) for run in p90s if len(run) > 1),
        dots=" ".join(f"M{x:g} {y:g}h0" for x, y in [*lone, *last]),
        lines=[Line(HEIGHT - HEIGHT / count * n, _tick(step * n, top)) for n in range(count + 1)],
        labels=_labels(weeks),
        columns=_columns(weeks, places),
    )  # fmt: skip


def histogram(buckets: list[Bucket]) -> list[Bar]:
    """One bar a bucket, the longest as long as the drawing is wide."""
    highest = max((bucket.count for bucket in buckets), default=0) or 1
    bars = []
    for bucket in buckets:
        label, share = words.bucket(bucket.lower, bucket.upper), f"{bucket.share * 100:.0f} %"
        title = _("%(label)s: %(count)d tickets, %(share)s") % {
            "label": label, "count": bucket.count, "share": share,
        }  # fmt: skip
        bars.append(Bar(label, round(bucket.count / highest * WIDTH), bucket.count, share, title))
    return bars


def heat_levels(hours: list[list[int]]) -> list[list[int]]:
    """0 for nothing, 1 to 10 for a share of the busiest hour."""
    busiest = max((max(row) for row in hours), default=0)
    return [[-(-count * 10 // busiest) if count else 0 for count in row] for row in hours]


def _scale(highest: float) -> tuple[int, int]:
    """The step between grid lines in seconds, and how many steps reach above `highest`."""
    for step in _STEPS:
        count = max(1, -(-int(highest + 1) // step))
        if count <= _MAX_LINES:
            return step, count
    return _STEPS[-1], -(-int(highest + 1) // _STEPS[-1])


def _tick(seconds: int, top: int) -> str:
    if top <= 2 * _HOUR:
        return _("%(n)d min") % {"n": seconds // _MINUTE}
    if top <= 3 * _DAY:
        return _("%(n)d h") % {"n": seconds // _HOUR}
    return _("%(n)d d") % {"n": seconds // _DAY}


def _places(count: int) -> list[float]:
    if count == 1:
        return [WIDTH / 2]
    return [round(index * WIDTH / (count - 1), 1) for index in range(count)]


def _runs(weeks: list[Week]) -> list[list[int]]:
    """The indexes of weeks with numbers, in unbroken rows."""
    runs: list[list[int]] = []
    for index, week in enumerate(weeks):
        if not week.quantiles.n:
            continue
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _path(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)


def _area(points: list[tuple[float, float]]) -> str:
    return f"{_path(points)}L{points[-1][0]:g} {HEIGHT}L{points[0][0]:g} {HEIGHT}Z"


def _labels(weeks: list[Week]) -> list[Label]:
    """A label a week; those that would run into each other get a class that hides them."""
    wide = -(-len(weeks) // _LABELS_WIDE)
    phone = -(-len(weeks) // _LABELS_PHONE)
    last = len(weeks) - 1
    labels = []
    for index, week in enumerate(weeks):
        css = "" if (last - index) % wide == 0 else "never"
        if not css and (last - index) % (phone + -phone % wide):
            css = "wide-only"
        labels.append(Label(week_name(week), css))
    return labels


def _columns(weeks: list[Week], places: list[float]) -> list[Column]:
    room = WIDTH / max(1, len(weeks) - 1) if len(weeks) > 1 else WIDTH
    return [
        Column(max(0, round(x - room / 2, 1)), round(room, 1), _column_title(week))
        for week, x in zip(weeks, places, strict=True)
    ]


def _column_title(week: Week) -> str:
    values = {
        "week": week_name(week),
        "n": week.quantiles.n,
        "median": words.duration(week.quantiles.median),
        "p90": words.duration(week.quantiles.p90),
    }
    if not week.quantiles.n:
        return _("%(week)s: nothing solved") % values
    return _("%(week)s: median %(median)s, 90th percentile %(p90)s, %(n)d solved") % values


def week_name(week: Week) -> str:
    """`W47`, the ISO week."""
    return _("W%(n)d") % {"n": week.monday.isocalendar().week}

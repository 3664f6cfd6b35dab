"""The SQL behind reports: aggregates over TicketFact, computed where the rows lie.

Written as SQL because the ORM has neither GROUPING SETS nor ordered-set aggregates: with them each
statement reads its index once, however many rows it breaks down into. Columns come from the
metrics, values only as parameters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from psycopg import sql

from reports.metrics import Metric
from reports.policies import Scope
from reports.spans import Span

NO_GROUP = 0  # as a filter: tickets that no group has taken


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """Which tickets a report is about; empty values leave them all in."""

    span: Span
    channel: str = ""
    group_id: int | None = None


@dataclass(frozen=True, slots=True)
class Quantiles:
    """Median and 90th percentile of n durations in seconds; None where there are none.

    Interpolated between neighbours (PostgreSQL's percentile_cont, type 7 of Hyndman and Fan).
    """

    n: int = 0
    median: float | None = None
    p90: float | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """One line of a breakdown; at most one of the keys is set, none in the line of the whole."""

    level: str  # all, week, channel, group
    is_current: bool  # else of the span before
    quantiles: Quantiles
    reopens: int = 0
    week: date | None = None
    channel: str | None = None
    group_id: int | None = None


_LEVELS = {7: "all", 3: "week", 5: "channel", 6: "group"}  # bits of GROUPING(): what is rolled up

_WHERE = sql.SQL(
    """NOT is_deleted AND {at} >= %(previous)s AND {at} < %(to)s
       AND (%(channel)s = '' OR channel = %(channel)s)
       AND (%(group)s::bigint IS NULL OR COALESCE(group_id, 0) = %(group)s)
       {scope}"""
)
_SCOPE = sql.SQL("AND (group_id = ANY(%(scope_groups)s) OR assignee_id = %(scope_assignee)s)")

# Weeks are those of the reader's wall clock. Weeks of the span before are not asked for.
_BREAKDOWN = sql.SQL(
    """
    SELECT GROUPING(week, channel, group_id), is_current, week, channel, group_id, count(*),
           percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY seconds), sum(reopens)
    FROM (
        SELECT {at} >= %(from)s AS is_current, channel, group_id, {seconds} AS seconds, {reopens},
               CASE WHEN {at} >= %(from)s
                    THEN date_trunc('week', {at} AT TIME ZONE %(zone)s)::date END AS week
        FROM reports_ticketfact WHERE {where}
    ) AS facts
    GROUP BY GROUPING SETS ((is_current), (is_current, week), (is_current, channel),
                            (is_current, group_id))
    """
)
_TOTALS = sql.SQL(
    """
    SELECT {at} >= %(from)s, count(*),
           percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY {seconds})
    FROM reports_ticketfact WHERE {where} GROUP BY 1
    """
)
_DISTRIBUTION = sql.SQL(
    """
    SELECT width_bucket({seconds}, %(edges)s), count(*)
    FROM reports_ticketfact WHERE {where} AND {at} >= %(from)s GROUP BY 1
    """
)
# Quarters of an hour are counted first and put on the reader's clock after: all zones have stood a
# multiple of 15 minutes from UTC since 1972, and 35,000 quarters a year are fewer than the tickets.
_HOURS = sql.SQL(
    """
    SELECT is_current, EXTRACT(isodow FROM local)::int, EXTRACT(hour FROM local)::int,
           sum(count)::bigint
    FROM (
        SELECT {at} >= %(from)s AS is_current, date_bin('15 minutes', {at}, 'epoch') AS quarter,
               count(*)
        FROM reports_ticketfact WHERE {where} GROUP BY 1, 2
    ) AS quarters, LATERAL (SELECT quarter AT TIME ZONE %(zone)s AS local) AS clock
    GROUP BY 1, 2, 3
    """
)


def breakdown(metric: Metric, wanted: ReportFilter, scope: Scope) -> list[Group]:
    """Quantiles of a duration: of all, by ISO week, by channel and by group, now and before."""
    reopens = "reopens" if metric.at_column == "solved_at" else "0 AS reopens"
    rows = _rows(_BREAKDOWN, metric, wanted, scope, reopens=sql.SQL(reopens))
    return [
        Group(
            level=_LEVELS[level], is_current=is_current, week=week, channel=channel,
            group_id=group_id, quantiles=Quantiles(n, *quantiles), reopens=reopens,
        )
        for level, is_current, week, channel, group_id, n, quantiles, reopens in rows
    ]  # fmt: skip


def totals(metric: Metric, wanted: ReportFilter, scope: Scope) -> tuple[Quantiles, Quantiles]:
    """Quantiles of a duration over all tickets: in the span, and in the span before."""
    rows = _rows(_TOTALS, metric, wanted, scope)
    found = {is_current: Quantiles(n, *quantiles) for is_current, n, quantiles in rows}
    return found.get(True, Quantiles()), found.get(False, Quantiles())


def distribution(
    metric: Metric, wanted: ReportFilter, scope: Scope, edges: Sequence[int]
) -> list[int]:
    """How many durations lie below edges[0], in [edges[0], edges[1]), …, from edges[-1] on."""
    counts = dict(_rows(_DISTRIBUTION, metric, wanted, scope, edges=list(edges)))
    return [counts.get(number, 0) for number in range(len(edges) + 1)]


def by_hour(
    metric: Metric, wanted: ReportFilter, scope: Scope
) -> tuple[list[list[int]], tuple[int, int]]:
    """Tickets by weekday (Monday first) and hour of the reader's clock; totals now and before."""
    hours = [[0] * 24 for _ in range(7)]
    total = before = 0
    for is_current, weekday, hour, count in _rows(_HOURS, metric, wanted, scope):
        if is_current:
            hours[weekday - 1][hour] = count
            total += count
        else:
            before += count
    return hours, (total, before)


def _rows(
    statement: sql.SQL, metric: Metric, wanted: ReportFilter, scope: Scope, **more: Any
) -> list[tuple[Any, ...]]:
    is_scoped = scope.group_ids is not None
    at = sql.Identifier(metric.at_column)
    where = _WHERE.format(at=at, scope=_SCOPE if is_scoped else sql.SQL(""))
    query = statement.format(
        at=at, where=where, seconds=sql.Identifier(metric.seconds_column or metric.at_column),
        reopens=more.pop("reopens", sql.SQL("")),
    )  # fmt: skip
    span = wanted.span
    values = {
        "previous": span.previous_starts_at, "from": span.starts_at, "to": span.ends_at,
        "zone": span.zone.key, "channel": wanted.channel, "group": wanted.group_id,
        "scope_groups": scope.group_ids or [], "scope_assignee": scope.assignee_id, **more,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()

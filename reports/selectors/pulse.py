"""What changed since yesterday, and what was solved today: counted from the facts, for everybody
of the staff and of the tickets that they may see.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate

from accounts.actor import Actor
from core import clock
from reports.models import TicketFact
from reports.policies import visible_scope

DAYS = 14
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Change:
    """A number of the last 24 hours, and of the 24 hours before."""

    now: int
    before: int

    @property
    def difference(self) -> int:
        return self.now - self.before

    @property
    def fewer(self) -> int:
        return max(0, -self.difference)


@dataclass(frozen=True, slots=True)
class Day:
    """One day where the reader is; the last one is not over yet."""

    on: date
    new: int
    solved: int


@dataclass(frozen=True, slots=True)
class Changes:
    new: Change
    solved: Change
    reopened: Change
    days: list[Day]


def changes_since_yesterday(actor: Actor, zone: tzinfo) -> Changes:
    """Five queries, each of one index. Reopened: tickets whose last reopening is in that time."""
    facts, now = _facts(actor), clock.now()
    today = now.astimezone(zone).date()
    first = today - (DAYS - 1) * _DAY
    since = datetime.combine(first, time(), tzinfo=zone)
    new, solved = (_by_day(facts, column, since, zone) for column in ("created_at", "solved_at"))
    return Changes(
        new=_change(facts, "created_at", now), solved=_change(facts, "solved_at", now),
        reopened=_change(facts, "reopened_at", now),
        days=[
            Day(day, new.get(day, 0), solved.get(day, 0))
            for day in (first + number * _DAY for number in range(DAYS))
        ],
    )  # fmt: skip


def solved_since(actor: Actor, instant: datetime) -> dict[int | None, int]:
    """How many tickets each group has solved since then; None is no group."""
    rows = _facts(actor).filter(solved_at__gte=instant)
    return dict(rows.values_list("group_id").annotate(n=Count("*")).order_by())


def _facts(actor: Actor) -> QuerySet[TicketFact]:
    facts, scope = TicketFact.objects.filter(is_deleted=False), visible_scope(actor)
    if scope.group_ids is None:
        return facts
    return facts.filter(Q(group_id__in=scope.group_ids) | Q(assignee_id=scope.assignee_id))


def _change(facts: QuerySet[TicketFact], column: str, now: datetime) -> Change:
    latest = Q(**{f"{column}__gt": now - _DAY})
    rows = facts.filter(**{f"{column}__gt": now - 2 * _DAY})
    numbers = rows.aggregate(now=Count(column, filter=latest), before=Count(column, filter=~latest))
    return Change(**numbers)


def _by_day(
    facts: QuerySet[TicketFact], column: str, since: datetime, zone: tzinfo
) -> dict[date, int]:
    rows = facts.filter(**{f"{column}__gte": since}).annotate(day=TruncDate(column, tzinfo=zone))
    return dict(rows.values_list("day").annotate(n=Count("*")).order_by())

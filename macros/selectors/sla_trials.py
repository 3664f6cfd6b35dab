"""Which policy a ticket would be under, and how its promises would stand; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core import clock
from macros.models import ClockStatus, Metric, SlaClock, SlaPolicy
from macros.sla.clocks import Books
from macros.sla.hours import elapsed
from macros.sla.judging import judged
from macros.sla.metrics import Measure
from macros.sla.policies import Policy, Target, compiled
from tickets.models import Ticket


class Outcome(StrEnum):
    WAITING = "waiting"  # the metric has not begun
    RUNNING = "running"
    PAUSED = "paused"
    LATE = "late"  # runs on after its breach
    MET = "met"
    MISSED = "missed"  # ended after its breach


@dataclass(frozen=True, slots=True)
class Promise:
    """One target of a policy on one ticket.

    Seconds are business seconds with `is_business`. `at` is when it will be or was in breach: of a
    running or late one, and of a missed one where it is known.
    """

    metric: Metric
    target: int
    is_business: bool
    outcome: Outcome
    passed: int = 0
    at: datetime | None = None

    @property
    def left(self) -> int:
        """Of the target; negative is over it."""
        return self.target - self.passed


def candidates(tried: SlaPolicy) -> list[tuple[SlaPolicy, Policy | None]]:
    """The active policies in order and the one that is tried, as if it were on.

    None stands for one whose conditions cannot be read any more; it is passed over.
    """
    rows = [*SlaPolicy.objects.filter(is_active=True).exclude(pk=tried.pk), tried]
    rows.sort(key=lambda row: (row.position, row.pk))
    return [(row, compiled(row)) for row in rows]


def promises_under(ticket: Ticket, policy: Policy, others: Sequence[Policy]) -> list[Promise]:
    """What a policy promises for the ticket's priority, and how each promise stands now.

    `others` are the policies that count besides. A ticket that is followed keeps what was measured,
    any other is measured from its history.
    """
    books = judged([ticket], [policy, *others])
    mine = books[0] if books else None
    return [
        _promise(metric, target, mine)
        for metric in Metric
        if (target := policy.target(ticket.priority, metric))
    ]


def _promise(metric: Metric, target: Target, books: Books | None) -> Promise:
    measure = books.measures.by_metric[metric] if books else Measure()
    if books is None or not measure.instance:
        return Promise(metric, target.seconds, target.is_business, Outcome.WAITING)
    until = books.measures.at
    passed = int(elapsed(measure.stretches, until=until, is_business=target.is_business))
    row = books.clocks.get(metric)
    row = row if row and row.instance == measure.instance else None
    outcome, at = _running(row) if measure.is_active else _ended(row, target, passed)
    return Promise(metric, target.seconds, target.is_business, outcome, passed, at)


def _running(row: SlaClock | None) -> tuple[Outcome, datetime | None]:
    if row is None or row.status == ClockStatus.PAUSED:
        return Outcome.PAUSED, None
    is_late = row.breach_at is not None and row.breach_at <= clock.now()
    return Outcome.LATE if is_late else Outcome.RUNNING, row.breach_at


def _ended(row: SlaClock | None, target: Target, passed: int) -> tuple[Outcome, datetime | None]:
    """By the clock where this very target was promised, else by the time that it took."""
    is_same = row and (row.target_seconds, row.is_business) == (target.seconds, target.is_business)
    if row and is_same:
        return (Outcome.MISSED if row.breached_at else Outcome.MET), row.breached_at
    return (Outcome.MISSED if passed >= target.seconds else Outcome.MET), None

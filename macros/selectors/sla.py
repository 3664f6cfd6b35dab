"""What people see of service levels: a ticket's timers, how far a recount is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q

from core import clock
from macros.models import ClockStatus, Metric, SlaClock, SlaRecount
from macros.sla.hours import elapsed, open_from
from macros.sla.loading import load_books
from macros.sla.metrics import Measure, Measures
from tickets.models import Ticket

_SPANS = 40  # open spans that a browser counts down by itself
_RECOUNT_SHOWN = timedelta(minutes=5)  # after its end
_RECOUNT_BEGINS = 60  # seconds; a worker begins at once


@dataclass(frozen=True, slots=True)
class Timer:
    """One promise that is still open. `left` are seconds, in business time with `is_business`.

    `late` are the calendar seconds since the breach. `part` is how much of the target has passed,
    from 0 to 1. `spans` are when time counts from now on, as "start-end" in seconds since 1970;
    `beyond` are the seconds left that lie after them.
    """

    metric: str
    label: str
    policy: str
    is_paused: bool
    is_late: bool
    is_business: bool
    target: int
    left: int
    late: int
    part: float
    breach_at: datetime | None
    spans: str
    beyond: int


@dataclass(frozen=True, slots=True)
class Standing:
    """One promise on a ticket for programs: `stage` is active, paused or achieved.

    `left` are seconds until the breach, negative after it; of a paused one what is left of the
    target, and None of one that was achieved, whose `breach_at` is there if it came too late.
    """

    metric: str
    stage: str
    breach_at: datetime | None
    left: int | None


_STAGES = {
    ClockStatus.RUNNING: "active",
    ClockStatus.PAUSED: "paused",
    ClockStatus.FULFILLED: "achieved",
}


def standings_of(tickets: Sequence[Ticket]) -> dict[int, list[Standing]]:
    """All promises of tickets by their ids, in the order of the metrics. Two queries."""
    now, order = clock.now(), list(Metric)
    return {
        pk: [
            _standing(books.clocks[metric], books.measures.by_metric[metric], now)
            for metric in order
            if metric in books.clocks
        ]
        for pk, books in load_books(tickets).items()
    }


def timers_of(ticket: Ticket) -> list[Timer]:
    """The open promises of a ticket, the most pressing first. One query."""
    now = clock.now()
    far = datetime.max.replace(tzinfo=now.tzinfo)
    found = SlaClock.objects.filter(ticket=ticket).exclude(status=ClockStatus.FULFILLED)
    rows = list(found.annotate(measured=F("ticket__sla_state__metrics")))
    rows.sort(key=lambda row: (row.breach_at or far, row.metric))
    measures = Measures.from_json(rows[0].measured) if rows and rows[0].measured else Measures()
    return [_timer(row, measures.by_metric[row.metric], now) for row in rows]


@dataclass(frozen=True, slots=True)
class RecountProgress:
    """Open tickets judged anew: `done` of `total`. `left` are seconds, None where it is not known.

    `is_waiting`: nobody has begun with it for a minute.
    """

    reason: str
    done: int
    total: int
    is_over: bool
    left: int | None = None
    is_waiting: bool = False


def recount_progress() -> RecountProgress | None:
    """The recount that is under way, else one that has ended within the last minutes."""
    now = clock.now()
    row = SlaRecount.objects.filter(
        Q(finished_at=None) | Q(finished_at__gte=now - _RECOUNT_SHOWN)
    ).order_by("-id").first()  # fmt: skip
    if row is None:
        return None
    age = (now - row.created_at).total_seconds()
    is_over, rest = row.finished_at is not None, row.total - row.done
    return RecountProgress(
        row.reason, row.done, row.total, is_over,
        left=int(age * rest / row.done) if row.done and not is_over else None,
        is_waiting=not (is_over or row.done) and age > _RECOUNT_BEGINS,
    )  # fmt: skip


def _standing(row: SlaClock, measure: Measure, now: datetime) -> Standing:
    left = None
    if row.status == ClockStatus.PAUSED:
        passed = elapsed(measure.stretches, until=now.timestamp(), is_business=row.is_business)
        left = int(row.target_seconds - passed)
    elif row.breach_at:
        left = int((row.breach_at - now).total_seconds())
    stage = _STAGES[ClockStatus(row.status)]
    return Standing(row.metric, stage, row.breach_at or row.breached_at, left)


def _timer(row: SlaClock, measure: Measure, now: datetime) -> Timer:
    passed = elapsed(measure.stretches, until=now.timestamp(), is_business=row.is_business)
    late = int((now - row.breach_at).total_seconds()) if row.breach_at else -1
    left = max(int(row.target_seconds - passed), 0)
    spans = _spans_until(row, measure, now)
    return Timer(
        metric=row.metric, label=str(Metric(row.metric).label), policy=row.policy_title,
        is_paused=row.status == ClockStatus.PAUSED, is_late=late >= 0,
        is_business=row.is_business, target=row.target_seconds, left=left, late=max(late, 0),
        part=1 if late >= 0 else min(passed / row.target_seconds, 1), breach_at=row.breach_at,
        spans=",".join(f"{start}-{end}" for start, end in spans),
        beyond=max(left - sum(end - start for start, end in spans), 0),
    )  # fmt: skip


def _spans_until(row: SlaClock, measure: Measure, now: datetime) -> list[tuple[int, int]]:
    """When time counts until the breach; empty for what is paused or late."""
    if not measure.is_running or row.breach_at is None or row.breach_at <= now:
        return []
    start, end = now.timestamp(), row.breach_at.timestamp()
    if not row.is_business:
        return [(int(start), int(end))]
    spans = open_from(start, measure.stretches[-1][2])
    found = [(int(a), int(min(b, end))) for a, b in spans if a < end]
    return found[:_SPANS]

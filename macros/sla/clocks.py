"""From measures and targets to clocks: one ticket's books, brought up to date. No queries.

1. `catch_up`: a breach that the tick has not noted yet is noted.
2. `follow`: what happened on the ticket pauses, resumes and fulfils its clocks.
3. `apply`: the policy's targets are set; a clock is never set back, only its target changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from macros.models import ClockStatus, Metric, MetricEvent, MetricEventType, SlaClock
from macros.sla.hours import elapsed, reached_at
from macros.sla.lengths import length_of
from macros.sla.metrics import WHOLE_LIFE, Happening, Measure, Measures
from macros.sla.policies import Policy, Target
from tickets.models import Ticket


@dataclass(slots=True)
class Books:
    """What is kept about one ticket. `events` are new, `dropped` are clocks without a target."""

    ticket: Ticket
    measures: Measures
    clocks: dict[str, SlaClock] = field(default_factory=dict)
    policy_id: int | None = None
    revision: int = 0
    version: int = -1  # of the ticket, when it was measured; never before
    is_new: bool = True
    events: list[MetricEvent] = field(default_factory=list)
    dropped: list[SlaClock] = field(default_factory=list)

    def note(self, clock: SlaClock, type: str, at: datetime, **details: Any) -> None:
        self.events.append(
            MetricEvent(
                ticket=self.ticket, metric=clock.metric, instance_id=clock.instance, type=type,
                time=at, details=details,
            )
        )  # fmt: skip

    @property
    def next_breach_at(self) -> datetime | None:
        """The earliest breach of a running clock, also one that is over."""
        return min(
            (each.breach_at for each in self.clocks.values() if each.breach_at), default=None
        )


def catch_up(books: Books, at: float) -> None:
    """Note breaches that lie before what happens now."""
    for clock in books.clocks.values():
        if clock.breach_at and not clock.breached_at and clock.breach_at.timestamp() < at:
            note_breach(books, clock)


def note_breach(books: Books, clock: SlaClock) -> None:
    """Write down that a clock has reached its target, as of that moment."""
    assert clock.breach_at is not None  # noqa: S101  the caller has looked
    clock.breached_at, clock.due_at, clock.warnings = clock.breach_at, None, []
    books.note(clock, MetricEventType.BREACH, clock.breach_at, **target_details(clock))


def follow(books: Books, happenings: Sequence[Happening]) -> None:
    """Let clocks stand as their measures do now, and log what happened to them."""
    for happening in happenings:
        clock = books.clocks.get(happening.metric)
        if clock and clock.instance == happening.instance:
            _log(books, clock, happening)
    for clock in books.clocks.values():
        measure = books.measures.by_metric[clock.metric]
        if clock.status != ClockStatus.FULFILLED and (
            measure.instance != clock.instance or not measure.is_active
        ):
            clock.fulfilled_at = _instant(books.measures.at)
        if measure.instance == clock.instance:
            if measure.is_active:
                clock.fulfilled_at = None
            count(clock, measure, books.measures.at)
        elif clock.status != ClockStatus.FULFILLED:
            clock.status = ClockStatus.FULFILLED
            clock.breach_at = clock.due_at = None


def apply(books: Books, policy: Policy | None, happenings: Sequence[Happening]) -> None:
    """Set the targets that hold from now on. Ended clocks stay as they ended."""
    at = books.measures.at
    for metric in Metric:
        measure, clock = books.measures.by_metric[metric], books.clocks.get(metric)
        if not measure.is_active:
            continue
        target = policy.target(books.ticket.priority, metric) if policy else None
        if policy is None or target is None:
            if clock and clock.instance == measure.instance:
                books.dropped.append(books.clocks.pop(metric))
        elif clock is None:
            books.clocks[metric] = clock = SlaClock(ticket=books.ticket, metric=metric.value)
            _set_target(books, clock, measure, policy, target)
            _log_beginning(books, clock, measure, happenings)
            _log_target(books, clock, policy)
        elif _differs(clock, measure, policy, target):
            begins = clock.instance != measure.instance
            _set_target(books, clock, measure, policy, target)
            if begins:
                _log_beginning(books, clock, measure, happenings)
            _log_target(books, clock, policy)
        else:
            count(clock, measure, at)
    books.policy_id = policy.id if policy else None
    books.revision = policy.revision if policy else 0


def count(clock: SlaClock, measure: Measure, at: float) -> None:
    """Bring a clock's status, elapsed time and coming moments up to date."""
    is_business = clock.is_business
    clock.counted_at = _instant(at)
    clock.elapsed_seconds = int(elapsed(measure.stretches, until=at, is_business=is_business))
    clock.breach_at = clock.due_at = None
    if not measure.is_active:
        clock.status = ClockStatus.FULFILLED
        return
    if not measure.is_running:
        clock.status = ClockStatus.PAUSED
        return
    clock.status = ClockStatus.RUNNING
    if clock.breached_at:
        clock.breach_at = clock.breached_at
        return
    clock.breach_at = _reached(clock, measure, 1)
    moments = [_reached(clock, measure, fraction) for fraction in clock.warnings]
    clock.due_at = min((each for each in (*moments, clock.breach_at) if each), default=None)


def due_warnings(clock: SlaClock, measure: Measure, now: datetime) -> list[float]:
    """The fractions of the target that have passed and were not warned of."""
    moments = ((each, _reached(clock, measure, each)) for each in clock.warnings)
    return [fraction for fraction, at in moments if at and at <= now]


def target_details(clock: SlaClock) -> dict[str, Any]:
    """What was promised, as events keep it."""
    return {
        "policy_id": clock.policy_id, "policy": clock.policy_title, "revision": clock.revision,
        **length_of(clock.target_seconds), "business_hours": clock.is_business,
    }  # fmt: skip


def _differs(clock: SlaClock, measure: Measure, policy: Policy, target: Target) -> bool:
    mine = (clock.instance, clock.policy_id, clock.revision, clock.target_seconds,
            clock.is_business)  # fmt: skip
    return mine != (
        measure.instance, policy.id, policy.revision, target.seconds, target.is_business
    )  # fmt: skip


def _set_target(
    books: Books, clock: SlaClock, measure: Measure, policy: Policy, target: Target
) -> None:
    """Elapsed time stays: only what it is compared with is new."""
    at = books.measures.at
    is_new = clock.pk is None
    begins = is_new or clock.instance != measure.instance
    is_same_target = not begins and (clock.target_seconds, clock.is_business) == (
        target.seconds, target.is_business
    )  # fmt: skip
    # Over the target already before it was solved; opened again under a target at once.
    goes_on = not is_new and clock.instance + 1 == measure.instance  # no time without a target
    returns = goes_on and clock.metric in WHOLE_LIFE and measure.since == at
    clock.instance, clock.started_at = measure.instance, _instant(measure.since)
    clock.policy_id, clock.policy_title, clock.revision = policy.id, policy.title, policy.revision
    clock.target_seconds, clock.is_business = target.seconds, target.is_business
    clock.fulfilled_at = None
    if not is_same_target:
        clock.applied_at = _instant(at)
        clock.warnings = list(policy.warnings)
        is_over = (
            elapsed(measure.stretches, until=at, is_business=target.is_business) >= target.seconds
        )
        if not is_over or (begins and not returns):
            clock.breached_at = None
    count(clock, measure, at)


def _log(books: Books, clock: SlaClock, happening: Happening) -> None:
    """One event of the metric, and after a pause or an end what has been measured."""
    at = _instant(happening.at)
    books.events.append(
        MetricEvent(
            ticket=books.ticket, metric=clock.metric, instance_id=happening.instance,
            type=happening.type, time=at,
        )
    )  # fmt: skip
    measure = books.measures.by_metric[clock.metric]
    is_end = happening.type in (MetricEventType.PAUSE, MetricEventType.FULFILL)
    if is_end and happening.instance == measure.instance:
        books.events.append(
            MetricEvent(
                ticket=books.ticket, metric=clock.metric, instance_id=happening.instance,
                type=MetricEventType.UPDATE_STATUS, time=at,
                details=_minutes(measure, happening.at),
            )
        )  # fmt: skip


def _log_beginning(
    books: Books, clock: SlaClock, measure: Measure, happenings: Sequence[Happening]
) -> None:
    """A metric that gets its first target: it has been measured all the time."""
    mine = [each for each in happenings if each.metric == clock.metric
            and each.instance == clock.instance]  # fmt: skip
    if not any(each.type == MetricEventType.ACTIVATE for each in mine):
        mine = [
            Happening(clock.metric, clock.instance, MetricEventType.ACTIVATE, measure.since),
            *mine,
        ]
        if not measure.is_running:
            mine.append(
                Happening(clock.metric, clock.instance, MetricEventType.PAUSE, books.measures.at)
            )
    for happening in mine:
        _log(books, clock, happening)


def _log_target(books: Books, clock: SlaClock, policy: Policy) -> None:
    books.note(
        clock, MetricEventType.APPLY_SLA, _instant(books.measures.at),
        priority=books.ticket.priority, **target_details(clock),
    )  # fmt: skip


def _minutes(measure: Measure, at: float) -> dict[str, int]:
    return {
        name: int(elapsed(measure.stretches, until=at, is_business=is_business) // 60)
        for name, is_business in (("calendar", False), ("business", True))
    }


def _reached(clock: SlaClock, measure: Measure, fraction: float) -> datetime | None:
    found = reached_at(
        measure.stretches, clock.target_seconds * fraction,
        not_before=clock.applied_at.timestamp(), is_business=clock.is_business,
    )  # fmt: skip
    return None if found is None else _instant(found)


def _instant(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)

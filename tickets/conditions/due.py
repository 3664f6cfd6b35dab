"""When conditions hold on a ticket that nobody touches: time is all that changes.

Each condition about time comes to a span of instants, every other one to all time or none; groups
cut and join them. Spans include their beginning and not their end. Microseconds are lost where
business hours are counted, so whoever acts at such an instant judges again at that moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from accounts.actor import system_actor
from tickets import schedules
from tickets.conditions import business
from tickets.conditions.grammar import Condition, Conditions
from tickets.conditions.matches import holds
from tickets.conditions.registry import Kind
from tickets.conditions.situation import Situation
from tickets.models import Schedule, Ticket

Span = tuple[datetime, datetime]

EVER = (datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC))
_ALWAYS: tuple[Span, ...] = (EVER,)
_HOUR = 3600
_NOBODY = system_actor("Automation")


def due_at(conditions: Conditions, ticket: Ticket, now: datetime) -> datetime | None:
    """The earliest instant, from `now` on, at which conditions hold if the ticket stays as it is.

    `now` itself when they hold already; None for never.
    """
    ahead = (span for span in held(conditions, ticket) if span[1] > now)
    first = next(ahead, None)
    return max(first[0], now) if first else None


def held(conditions: Conditions, ticket: Ticket) -> tuple[Span, ...]:
    """All spans of time in which conditions hold if the ticket stays as it is, in order."""
    situation = Situation(ticket=ticket, actor=_NOBODY, now=EVER[0])
    return _group(conditions, situation)


def is_about_time(condition: Condition) -> bool:
    """Whether a condition becomes true or false by the mere passing of time."""
    return condition.field.kind is Kind.HOURS or condition.operator.startswith("within_")


def _group(group: Conditions, situation: Situation) -> tuple[Span, ...]:
    spans = _ALWAYS
    # What asks nothing of the calendar decides most often, and costs least.
    for node in sorted(group.all, key=_cost):
        spans = _both(spans, _node(node, situation))
        if not spans:
            return ()
    if group.any:
        found = [span for node in group.any for span in _node(node, situation)]
        spans = _both(spans, _joined(found))
    return spans


def _cost(node: Condition | Conditions) -> int:
    if isinstance(node, Conditions):
        return 2
    return int(is_about_time(node))


def _node(node: Condition | Conditions, situation: Situation) -> tuple[Span, ...]:
    if isinstance(node, Conditions):
        return _group(node, situation)
    if node.field.kind is Kind.HOURS:
        return _hours(node, situation)
    if is_about_time(node):
        return _days(node, situation)
    return _ALWAYS if holds(Conditions(all=(node,)), situation) else ()


def _days(condition: Condition, situation: Situation) -> tuple[Span, ...]:
    """Days in UTC, as the conditions count them."""
    try:
        day = date.fromisoformat(str(situation.value(condition.field)))
        span = timedelta(days=condition.value)
        is_back = condition.operator == "within_previous_n_days"
        first, last = (day, day + span) if is_back else (day - span, day)
        begins = datetime.combine(first, time(), UTC)
        ends = datetime.combine(last + timedelta(days=1), time(), UTC)
    except (ValueError, OverflowError):
        return ()
    return ((begins, ends),)


def _hours(condition: Condition, situation: Situation) -> tuple[Span, ...]:
    field, ticket = condition.field, situation.ticket
    instant = situation.value(field)
    if instant is None or (field.status and ticket.status != field.status):
        return ()
    is_business = condition.operator.endswith("_business_hours")
    schedule = business.schedule_of(ticket.schedule_id) if is_business else None
    hours, operator = condition.value, condition.operator.removesuffix("_business_hours")
    move = _before if field.is_ahead else _after
    near, far = move(schedule, instant, hours), move(schedule, instant, hours + 1)
    first, last = EVER
    if field.is_ahead:
        spans = {"less_than": (near, instant), "greater_than": (first, near), "is": (far, near)}
    else:
        spans = {"less_than": (first, near), "greater_than": (near, last), "is": (near, far)}
    begins, ends = spans[operator]
    return ((begins, ends),) if begins < ends else ()


def _after(schedule: Schedule | None, instant: datetime, hours: int) -> datetime:
    try:
        if schedule is None:
            return instant + timedelta(hours=hours)
        return schedules.add_open_seconds(schedule, instant, hours * _HOUR) or EVER[1]
    except OverflowError:
        return EVER[1]


def _before(schedule: Schedule | None, instant: datetime, hours: int) -> datetime:
    try:
        if schedule is None:
            return instant - timedelta(hours=hours)
        return schedules.subtract_open_seconds(schedule, instant, hours * _HOUR) or EVER[0]
    except OverflowError:
        return EVER[0]


def _both(ones: Sequence[Span], others: Sequence[Span]) -> tuple[Span, ...]:
    """The instants that lie in both; each list is in order and without overlaps."""
    if ones is _ALWAYS:
        return tuple(others)
    if others is _ALWAYS:
        return tuple(ones)
    found = [
        (max(one[0], other[0]), min(one[1], other[1])) for one in ones for other in others
    ]  # fmt: skip
    return tuple(sorted(span for span in found if span[0] < span[1]))


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """In order, those that touch made one."""
    joined: list[Span] = []
    for begins, ends in sorted(spans):
        if joined and begins <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(ends, joined[-1][1]))
        else:
            joined.append((begins, ends))
    return tuple(joined)

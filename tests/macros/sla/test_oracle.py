"""The clocks agree with a slow simulation to the minute, also where daylight saving changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from macros.sla.clocks import Books, catch_up
from macros.sla.metrics import AGENT, END_USER, Measures, Moment, Switches
from macros.sla.policies import Policy, Target
from macros.sla.step import bring_up_to_date
from tests.macros.sla.oracle import RUNS, Event, Oracle
from tickets.conditions import Conditions, business
from tickets.models import Schedule, Ticket
from tickets.schedules import is_open

MINUTES = 5 * 24 * 60
SPRING, AUTUMN = datetime(2026, 3, 26, tzinfo=UTC), datetime(2026, 10, 22, tzinfo=UTC)

_LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def _daily(*blocks: tuple[int, int]) -> list[list[int]]:
    return [[day * 1440 + a, day * 1440 + b] for day in range(7) for a, b in blocks]


SCHEDULES = {
    1: Schedule(
        pk=1, name="Berlin", time_zone="Europe/Berlin", updated_at=_LONG_AGO,
        intervals=_daily((480, 720), (780, 1080)),
        holidays=[
            {"name": "a", "start_date": "2026-03-27", "end_date": "2026-03-27"},
            {"name": "b", "start_date": "2026-10-26", "end_date": "2026-10-26"},
        ],
    ),
    2: Schedule(  # open while the clocks change
        pk=2, name="Nights", time_zone="Europe/London", updated_at=_LONG_AGO,
        intervals=_daily((0, 210), (1320, 1440)), holidays=[],
    ),
    3: Schedule(
        pk=3, name="Office", time_zone="America/New_York", updated_at=_LONG_AGO,
        intervals=_daily((545, 1023))[1:6], holidays=[],
    ),
}  # fmt: skip
OPEN = {
    start: [
        [is_open(schedule, start + timedelta(minutes=minute)) for minute in range(MINUTES)]
        for schedule in SCHEDULES.values()
    ]
    for start in (SPRING, AUTUMN)
}

_minutes_of_target = st.one_of(st.integers(1, 300), st.integers(300, 3000))
targets_strategy = st.dictionaries(
    st.tuples(st.sampled_from(["", "urgent"]), st.sampled_from(sorted(RUNS))),
    st.tuples(_minutes_of_target, st.booleans()), min_size=3,
)  # fmt: skip
event_strategy = st.builds(
    Event, minute=st.integers(1, MINUTES - 1),
    by=st.sampled_from(["", "customer", "agent", "note"]),
    status=st.sampled_from(["", "", "open", "pending", "hold", "solved"]),
    priority=st.sampled_from([None, None, None, "", "urgent", "low"]),
    schedule=st.sampled_from([None, None, None, 0, 1, 2]),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _known_schedules(monkeypatch):
    monkeypatch.setattr(business, "all_schedules", lambda: SCHEDULES)


# Opened again under no target, so the third time is a new promise, and a new breach.
THREE_LIVES = [
    Event(1, priority="urgent"), Event(214, by="agent", status="solved", priority="low"),
    Event(236, by="customer", status="hold"), Event(1360, status="solved"),
    Event(2276, priority="urgent"), Event(2332, status="hold"),
]  # fmt: skip


# Without shrinking: a failing history is short enough to read, and shrinking takes minutes.
@settings(
    max_examples=60, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate]
)  # fmt: skip
@example(
    start=SPRING, targets={("urgent", "requester_wait_time"): (159, False)}, events=THREE_LIVES
)
@given(
    start=st.sampled_from([SPRING, AUTUMN]), targets=targets_strategy,
    events=st.lists(event_strategy, max_size=25, unique_by=lambda event: event.minute),
)  # fmt: skip
def test_clocks_agree_with_a_simulation_minute_by_minute(start, targets, events):
    events = sorted(events, key=lambda event: event.minute)
    slow = Oracle(targets, OPEN[start])
    slow.tell(events, MINUTES)
    found = told_to_clocks(start, targets, events)
    assert sorted(found["breach"]) == sorted(slow.breaches)
    assert sorted(found["fulfill"]) == sorted(slow.fulfilled)


def told_to_clocks(start, targets, events) -> dict[str, list[tuple[str, int]]]:
    ticket = Ticket(pk=1, status="new", priority="", schedule_id=1)
    books = Books(ticket, Measures())
    policy = Policy(
        id=1, title="All", revision=1, conditions=Conditions(), schedule_id=None, warnings=(0.5,),
        targets={key: Target(n * 60, business) for key, (n, business) in targets.items()},
        switches=Switches(),
    )  # fmt: skip
    numbers = iter(range(1, 1_000))
    for event in [Event(0, by="customer"), *events]:
        ticket.status = event.status or ticket.status
        ticket.priority = ticket.priority if event.priority is None else event.priority
        ticket.schedule_id = ticket.schedule_id if event.schedule is None else event.schedule + 1
        moment = Moment(
            at=(start + timedelta(minutes=event.minute)).timestamp(), status=ticket.status,
            schedule_id=ticket.schedule_id, is_creation=event.minute == 0,
            comment_by={"customer": END_USER, "agent": AGENT, "note": AGENT}.get(event.by, ""),
            is_public=event.by != "note", by_requester=event.by == "customer",
        )  # fmt: skip
        bring_up_to_date(books, moment, policy, policy.switches)
        for clock in books.clocks.values():
            clock.pk = clock.pk or next(numbers)  # as if it had been saved
    catch_up(books, (start + timedelta(minutes=MINUTES)).timestamp())
    found: dict[str, list[tuple[str, int]]] = {"breach": [], "fulfill": []}
    for event in books.events:
        if event.type in found:
            minute = (event.time - start).total_seconds() / 60
            found[event.type].append((event.metric, minute))
    return found

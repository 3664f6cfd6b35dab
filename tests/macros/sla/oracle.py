"""The seven metrics told minute by minute, slowly and without any cleverness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

RUNS = {
    "first_reply_time": {"new", "open", "pending", "hold"},
    "next_reply_time": {"new", "open", "pending", "hold"},
    "periodic_update_time": {"new", "open", "pending", "hold"},
    "pausable_update_time": {"new", "open", "hold"},
    "requester_wait_time": {"new", "open", "hold"},
    "agent_work_time": {"new", "open"},
    "total_resolution_time": {"new", "open", "pending", "hold"},
}
WHOLE_LIFE = {"requester_wait_time", "agent_work_time", "total_resolution_time"}


@dataclass
class Event:
    """One submit in a minute: who wrote (nobody: ""), and what else was set."""

    minute: int
    by: str = ""  # customer, agent, note
    status: str = ""
    priority: str | None = None
    schedule: int | None = None


@dataclass
class Stopwatch:
    active: bool = False
    calendar: int = 0
    business: int = 0
    breached: bool = False


@dataclass
class Oracle:
    """`targets`: (priority, metric) to (minutes, in business hours); `open`: by schedule."""

    targets: dict[tuple[str, str], tuple[int, bool]]
    open: Sequence[Sequence[bool]]
    status: str = "new"
    priority: str = ""
    schedule: int = 0
    replied: bool = False
    watches: dict[str, Stopwatch] = field(
        default_factory=lambda: {metric: Stopwatch() for metric in RUNS}
    )
    breaches: list[tuple[str, int]] = field(default_factory=list)
    fulfilled: list[tuple[str, int]] = field(default_factory=list)

    def tell(self, events: Sequence[Event], minutes: int) -> None:
        self._happen(Event(0, by="customer"))
        waiting = list(events)
        for minute in range(minutes):
            while waiting and waiting[0].minute == minute:
                self._happen(waiting.pop(0))
            self._check(minute)
            self._count(minute)

    def _happen(self, event: Event) -> None:
        now = event.minute
        old_priority = self.priority
        self.status = event.status or self.status
        solved = self.status in ("solved", "closed")
        if event.by == "customer" and not solved:
            self._start("next_reply_time" if self.replied else "first_reply_time")
        if event.by == "agent":
            self.replied = True
            for metric in ("first_reply_time", "next_reply_time", "periodic_update_time",
                           "pausable_update_time"):  # fmt: skip
                self._end(metric, now, old_priority)
            if not solved:
                self._start("periodic_update_time")
                self._start("pausable_update_time")
        for metric in RUNS:
            if solved:
                self._end(metric, now, old_priority)
            elif metric in WHOLE_LIFE:
                self._start(metric)
        self.replied = self.replied or solved
        if event.priority is not None:
            self.priority = event.priority
        if event.schedule is not None:
            self.schedule = event.schedule
        for metric, watch in self.watches.items():
            if watch.active and watch.breached and not self._is_over(metric):
                watch.breached = False

    def _start(self, metric: str) -> None:
        watch = self.watches[metric]
        if not watch.active:
            watch.active = True
            if metric not in WHOLE_LIFE:
                watch.calendar = watch.business = 0
                watch.breached = False

    def _end(self, metric: str, minute: int, priority: str) -> None:
        watch = self.watches[metric]
        if watch.active:
            watch.active = False
            if (priority, metric) in self.targets:
                self.fulfilled.append((metric, minute))

    def _is_over(self, metric: str) -> bool:
        target = self.targets.get((self.priority, metric))
        watch = self.watches[metric]
        if target is None:
            return False
        return (watch.business if target[1] else watch.calendar) >= target[0]

    def _check(self, minute: int) -> None:
        for metric, watch in self.watches.items():
            runs = watch.active and self.status in RUNS[metric]
            if runs and not watch.breached and self._is_over(metric):
                watch.breached = True
                self.breaches.append((metric, minute))

    def _count(self, minute: int) -> None:
        for metric, watch in self.watches.items():
            if watch.active and self.status in RUNS[metric]:
                watch.calendar += 1
                watch.business += self.open[self.schedule][minute]

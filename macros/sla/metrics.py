"""The seven metrics as one small machine, fed with what happens on a ticket. Pure.

The table of domain-standards.md §4. Two things the table leaves open: solving a ticket ends what
still waits (a solved request needs no answer), and a ticket that is opened again goes on counting
the three whole-life metrics where it stopped.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from macros.models import Metric, MetricEventType
from macros.sla.hours import Stretch
from tickets.models import Status

# The statuses in which each runs; paused in the others. Solved ends all of them.
RUNS: dict[str, tuple[str, ...]] = {
    Metric.FIRST_REPLY: Status.unsolved(),
    Metric.NEXT_REPLY: Status.unsolved(),
    Metric.PERIODIC_UPDATE: Status.unsolved(),
    Metric.PAUSABLE_UPDATE: (Status.NEW, Status.OPEN, Status.HOLD),
    Metric.REQUESTER_WAIT: (Status.NEW, Status.OPEN, Status.HOLD),
    Metric.AGENT_WORK: (Status.NEW, Status.OPEN),
    Metric.TOTAL_RESOLUTION: Status.unsolved(),
}
WHOLE_LIFE = (Metric.REQUESTER_WAIT, Metric.AGENT_WORK, Metric.TOTAL_RESOLUTION)
UPDATES = (Metric.PERIODIC_UPDATE, Metric.PAUSABLE_UPDATE)

END_USER, AGENT, LIGHT_AGENT = "end_user", "agent", "light_agent"


@dataclass(frozen=True, slots=True)
class Switches:
    """What differs between policies in when a metric starts and ends."""

    first_reply_on_agent_message: bool = False  # an agent's own message opens the ticket
    first_reply_on_agent_note: bool = True  # an agent's internal note opens it for a customer
    first_reply_on_light_agent: bool = True  # a light agent opens it for a customer
    internal_notes_update: bool = False  # an agent's internal note is an update as well
    next_reply_on_requester_only: bool = False  # other people's messages wait for no reply


@dataclass(frozen=True, slots=True)
class Moment:
    """One submit, as far as it matters here. `status` is the one after it.

    `comment_by` is empty without a comment. `is_public`: customers may read the comment.
    """

    at: float
    status: str
    schedule_id: int | None = None
    comment_by: str = ""
    is_public: bool = False
    by_requester: bool = False
    is_creation: bool = False
    for_end_user: bool = True
    is_deleted: bool = False
    is_undo: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    metric: str
    instance: int
    type: str
    at: float


@dataclass(slots=True)
class Measure:
    """One metric. `stretches` are when it ran: in this instance, or in the ticket's whole life."""

    instance: int = 0
    is_active: bool = False
    since: float = 0
    stretches: list[Stretch] = field(default_factory=list)

    @property
    def is_running(self) -> bool:
        return bool(self.stretches) and self.stretches[-1][1] is None


@dataclass(slots=True)
class Measures:
    """All metrics of one ticket. `undo` is how they stood before the ticket was solved."""

    replied: bool = False
    at: float = 0
    by_metric: dict[str, Measure] = field(
        default_factory=lambda: {metric.value: Measure() for metric in Metric}
    )
    undo: dict[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        """Without the metrics that never began."""
        begun = {name: asdict(one) for name, one in self.by_metric.items() if one.instance}
        return {"replied": self.replied, "at": self.at, "by_metric": begun, "undo": self.undo}

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Measures:
        made = cls(replied=raw["replied"], at=raw["at"], undo=raw.get("undo"))
        for name, one in raw["by_metric"].items():
            made.by_metric[name] = Measure(**one)
        return made


def advance(measures: Measures, moment: Moment, switches: Switches) -> list[Happening]:
    """Let one submit take effect on a ticket's metrics; returns what happened, in order."""
    return _Advance(measures, moment, switches).run()


def rehouse(measures: Measures, at: float, schedule_id: int | None) -> None:
    """Let what runs go on in other business hours from an instant on."""
    for measure in measures.by_metric.values():
        if measure.is_running and measure.stretches[-1][2] != schedule_id:
            measure.stretches[-1][1] = at
            if measure.stretches[-1][0] == at:
                measure.stretches.pop()
            measure.stretches.append([at, None, schedule_id])


class _Advance:
    def __init__(self, measures: Measures, moment: Moment, switches: Switches) -> None:
        self.measures, self.moment, self.switches = measures, moment, switches
        self.at = max(moment.at, measures.at)
        self.is_done = moment.status in Status.done()
        self.log: list[Happening] = []

    def run(self) -> list[Happening]:
        measures = self.measures
        self._keep_undo()
        measures.at = self.at
        if self.moment.comment_by:
            self._comment()
        if self.is_done:
            for metric in Metric:
                self._fulfill(metric)
            measures.replied = True
        else:
            for metric in WHOLE_LIFE:
                self._start(metric)
        for metric in Metric:
            self._run_or_pause(metric)
        rehouse(measures, self.at, self.moment.schedule_id)
        return self.log

    def _keep_undo(self) -> None:
        """A reply that solved the ticket and was taken back has not solved it."""
        measures = self.measures
        if self.is_done:
            measures.undo = measures.undo or (measures.as_json() if measures.at else None)
            if self.moment.status == Status.CLOSED:
                measures.undo = None
            return
        if self.moment.is_undo and measures.undo:
            before = Measures.from_json(measures.undo)
            for name, one in before.by_metric.items():
                if one.is_active:
                    self._note(name, one, MetricEventType.ACTIVATE)
            measures.replied, measures.by_metric = before.replied, before.by_metric
        measures.undo = None

    def _comment(self) -> None:
        moment, measures = self.moment, self.measures
        if moment.is_creation and not self._waits_for_first_reply():
            measures.replied = measures.replied or (moment.is_public and moment.comment_by == AGENT)
        elif moment.is_creation:
            self._start(Metric.FIRST_REPLY)
        elif moment.comment_by == END_USER:
            self._asked()
        elif moment.is_public:
            measures.replied = True
            self._fulfill(Metric.FIRST_REPLY)
            self._fulfill(Metric.NEXT_REPLY)
        is_update = moment.is_public or self.switches.internal_notes_update
        if moment.comment_by != END_USER and is_update:
            for metric in UPDATES:
                self._fulfill(metric)
                self._start(metric)

    def _asked(self) -> None:
        moment = self.moment
        if not moment.is_public:
            return
        if not self.measures.replied:
            self._start(Metric.FIRST_REPLY)
        elif moment.by_requester or not self.switches.next_reply_on_requester_only:
            self._start(Metric.NEXT_REPLY)

    def _waits_for_first_reply(self) -> bool:
        moment, switches = self.moment, self.switches
        if moment.comment_by == END_USER:
            return True
        if not moment.for_end_user:
            return False
        if moment.comment_by == LIGHT_AGENT:
            return switches.first_reply_on_light_agent
        if moment.is_public:
            return switches.first_reply_on_agent_message
        return switches.first_reply_on_agent_note

    def _start(self, metric: str) -> None:
        measure = self.measures.by_metric[metric]
        if measure.is_active or self.is_done:
            return
        measure.instance += 1
        measure.is_active, measure.since = True, self.at
        if metric not in WHOLE_LIFE:
            measure.stretches = []
        self._note(metric, measure, MetricEventType.ACTIVATE)
        if self._runs(metric):
            self._begin(measure)
        else:
            self._note(metric, measure, MetricEventType.PAUSE)

    def _fulfill(self, metric: str) -> None:
        measure = self.measures.by_metric[metric]
        if measure.is_active:
            self._end(measure)
            measure.is_active = False
            self._note(metric, measure, MetricEventType.FULFILL)

    def _run_or_pause(self, metric: str) -> None:
        measure = self.measures.by_metric[metric]
        if not measure.is_active:
            return
        if not self._runs(metric):
            if measure.is_running:
                self._end(measure)
                self._note(metric, measure, MetricEventType.PAUSE)
        elif not measure.is_running:
            self._begin(measure)
            self._note(metric, measure, MetricEventType.ACTIVATE)

    def _runs(self, metric: str) -> bool:
        return self.moment.status in RUNS[metric] and not self.moment.is_deleted

    def _begin(self, measure: Measure) -> None:
        measure.stretches.append([self.at, None, self.moment.schedule_id])

    def _end(self, measure: Measure) -> None:
        if measure.is_running:
            measure.stretches[-1][1] = self.at
            if measure.stretches[-1][0] == self.at:
                measure.stretches.pop()

    def _note(self, metric: str, measure: Measure, type: str) -> None:
        self.log.append(Happening(str(metric), measure.instance, str(type), self.at))

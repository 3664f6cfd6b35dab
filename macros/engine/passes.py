"""One pass of the triggers over a submit.

1. From the top, in order; one trigger's change is seen by the next.
2. After a trigger has changed the ticket the pass begins again; each fires at most once in one
   submit, so the pass ends. Those that did not fire are judged again only when something changed
   that the condition reads which decided against them.
3. What triggers change on the ticket's own row is changed in memory and saved once, at the end or
   before a trigger that writes other rows.
4. A trigger that fails is undone, noted as an Error event and on the rule, and its owner is told.
   The submit is kept whatever a rule does. When the database refuses what several have changed,
   they run again, each saved by itself, so that only the one to blame fails.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from heapq import heapify, heappop, heappush

from django.db import DatabaseError, transaction

from accounts.models import User
from core import clock
from macros.effects import Plan, plan
from macros.engine.compiled import CompiledTrigger, Triggers
from macros.engine.doing import Outbound, carry_out
from macros.engine.failures import note_failure
from macros.engine.rates import EXPLANATION
from macros.models import RuleKind, RuleRun
from macros.runs import FAILED, FIRED, STOPPED, Result
from macros.values import values_for
from tickets.actions.attempts import Attempt, attempt
from tickets.actions.within import save_within
from tickets.changes import TicketChange
from tickets.conditions import Situation, first_unmet
from tickets.models import EventType


class Pass:
    """The triggers over one submit; each is named by its place in their order."""

    def __init__(
        self, change: TicketChange, triggers: Triggers, user: User | None, *, is_busy: bool
    ) -> None:
        self.change = change
        self.outbound: list[Outbound] = []
        self._triggers = triggers
        self._user = user
        self._is_busy = is_busy
        self._situation = Situation(
            ticket=change.ticket, actor=change.actor, now=clock.now(), change=change
        )
        self._heap: list[int] = []  # those to be judged next
        self._waiting: set[int] = set()  # the same
        self._asleep: dict[str, list[int]] = defaultdict(list)  # by what would wake them
        self._done: set[int] = set()
        self._results: dict[int, Result] = {}
        self._unmet: dict[int, int] = {}  # the number of the deciding condition, by rule
        self._values: dict[str, object] | None = None  # of texts, until the ticket changes
        self._unsaved: Attempt | None = None  # what was changed in memory only
        self._unsaved_places: list[int] = []
        self._saves_each = False

    def run(self) -> None:
        """Until no trigger is left that has not fired and whose conditions hold."""
        self._begin()
        while self._heap or not self._save():
            place = heappop(self._heap)
            self._waiting.remove(place)
            self._judge(place)

    def fail(self, trigger: CompiledTrigger, error: Exception) -> None:
        """Note that a trigger could not be judged or carried out."""
        note_failure(trigger, self.change, error)
        self._note(trigger, FAILED)

    def as_row(self) -> RuleRun:
        """What became of every trigger, to be kept for some days."""
        return RuleRun(
            kind=RuleKind.TRIGGER, ticket=self.change.ticket, audit=self.change.audit,
            results=[result.as_json() for result in self._results.values()],
            not_met=self._triggers.roster.pack(self._unmet), created_at=clock.now(),
        )  # fmt: skip

    def _begin(self) -> None:
        self._heap += self._triggers.ungated
        for gate in self._triggers.gates:
            if gate.is_open(self._situation):
                self._heap += gate.places
            else:
                self._unmet |= gate.unmet
                self._asleep[gate.opened_by] += gate.places
        heapify(self._heap)
        self._waiting.update(self._heap)

    def _queue(self, place: int) -> None:
        if place not in self._waiting:
            self._waiting.add(place)
            heappush(self._heap, place)

    def _wake(self, names: Iterable[str]) -> None:
        """The ticket is different: from the top again, with those whom it concerns."""
        for name in names:
            for place in self._asleep.pop(name, ()):
                if place not in self._done:
                    self._queue(place)

    def _judge(self, place: int) -> None:
        trigger = self._triggers.in_order[place]
        try:
            unmet = first_unmet(trigger.conditions, self._situation)
        except Exception as error:  # noqa: BLE001  the submit is kept whatever a rule does
            self._done.add(place)
            self.fail(trigger, error)
            return
        if unmet is None:
            self._fire(place, trigger)
            return
        self._unmet[trigger.id] = trigger.number_of(unmet)
        for name in trigger.waits_for(unmet):
            self._asleep[name].append(place)

    def _fire(self, place: int, trigger: CompiledTrigger) -> None:
        if self._is_busy:
            self._stop(place, trigger)
            return
        try:
            made = self._plan(trigger)
            if not self._is_saved_later(made) and not self._save():
                self._queue(place)  # what it was judged on is undone
                return
            self._done.add(place)
            touched = self._carry_out(place, trigger, made)
        except Exception as error:  # noqa: BLE001  the submit is kept whatever a rule does
            self._done.add(place)
            self.fail(trigger, error)
            return
        self._note(trigger, FIRED)
        self._wake(touched)

    def _plan(self, trigger: CompiledTrigger) -> Plan:
        if not trigger.needs_values:
            return plan(trigger.effects, self._situation, {})
        if self._values is None:
            self._values = values_for(self._situation, user=self._user)
        return plan(trigger.effects, self._situation, self._values)

    def _is_saved_later(self, made: Plan) -> bool:
        return not made.writes or (made.only_sets_columns and not self._saves_each)

    def _carry_out(self, place: int, trigger: CompiledTrigger, made: Plan) -> set[str]:
        """Do what it asks for. Returns what of the ticket is different now."""
        if not made.writes:
            # No savepoint: a batch of new tickets that are all acknowledged shall not cost two
            # statements each.
            self.outbound += carry_out(made, self.change, cause=trigger.cause)
            return set()
        saves = not self._is_saved_later(made)
        with attempt(self.change, writes=saves) as tried:
            outbound = carry_out(made, self.change, cause=trigger.cause, saves=saves)
        self.outbound += outbound
        if not tried.has_changed:
            return set()
        if not saves:
            self._unsaved = self._unsaved or tried
            self._unsaved_places.append(place)
        self._values = None
        return tried.touched()

    def _save(self) -> bool:
        """Write what was changed in memory. False when the database refuses it: then it is undone,
        and those who had changed it wait again.
        """
        if self._unsaved is None:
            return True
        try:
            with transaction.atomic():
                save_within(self.change, self._unsaved.before, self._unsaved.events)
        except DatabaseError:
            self._undo(self._unsaved)
            return False
        self._unsaved, self._unsaved_places = None, []
        return True

    def _undo(self, unsaved: Attempt) -> None:
        rules = {self._triggers.in_order[place].id for place in self._unsaved_places}
        of_others = [event for event in unsaved.events if event.cause.get("id") not in rules]
        unsaved.undo()
        self.change.events += of_others
        self.outbound = [item for item in self.outbound if item.cause["id"] not in rules]
        self._results = {pk: each for pk, each in self._results.items() if pk not in rules}
        self._done.difference_update(self._unsaved_places)
        self._asleep["undone"] += self._unsaved_places
        self._unsaved, self._unsaved_places = None, []
        self._values, self._saves_each = None, True
        self._wake(list(self._asleep))

    def _stop(self, place: int, trigger: CompiledTrigger) -> None:
        """Explained once a submit, however many would have run."""
        self._done.add(place)
        if all(result.outcome != STOPPED for result in self._results.values()):
            self.change.add(EventType.ERROR, "rule", value=EXPLANATION, cause=trigger.cause)
        self._note(trigger, STOPPED)

    def _note(self, trigger: CompiledTrigger, outcome: str) -> None:
        self._unmet.pop(trigger.id, None)
        self._results[trigger.id] = Result(trigger.id, trigger.revision, outcome)

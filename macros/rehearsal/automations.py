"""A draft of an automation on the past: the moments between updates at which it would have run.

The same arithmetic as at work (macros.automations.moments), on the ticket as each update left it. A
run leaves history as it was: the ticket goes on as if the draft had not been there, and the draft
has done its part until its conditions begin to hold anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from accounts.actor import Actor, system_actor
from core import clock
from macros.automations.compiled import CompiledAutomation
from macros.automations.moments import aim, note_run, postpone
from macros.automations.nullification import ends
from macros.engine.compiled import active_triggers
from macros.models import AutomationDue, RuleKind
from macros.rehearsal.loops import rivals_of, undone_by
from macros.rehearsal.outcome import Outcomes, outcome
from macros.rehearsal.past import Update, copied
from macros.rehearsal.reading import Cast
from macros.rehearsal.tally import Tally
from macros.rehearsal.triggers import Draft
from tickets.changes import TicketChange
from tickets.conditions import Situation, first_unmet
from tickets.models import Audit, Ticket

RUNS_TOO_OFTEN = 10  # on one ticket: what it does seems not to end it
_TRIES = 1_000  # moments that are looked at between two updates
_STEP = timedelta(microseconds=1)


class AutomationRehearsal:
    """`since`: moments before it are past telling."""

    asks_files = False

    def __init__(
        self, definition: Mapping[str, Any], rule_id: int | None, since: datetime, tally: Tally
    ) -> None:
        self.draft = Draft.of(RuleKind.AUTOMATION, definition, rule_id)
        self._since, self._tally = since, tally
        self._compiled = CompiledAutomation(
            id=rule_id or 0, title=self.draft.title, revision=0, conditions=self.draft.conditions,
            definition=json.dumps(definition["conditions"], sort_keys=True),
            order=self.draft.order, effects=self.draft.effects, owner_id=None,
        )  # fmt: skip
        self._actor: Actor = system_actor("Automation", **self.draft.cause)
        self._outcomes = Outcomes(tally)
        self._rivals = rivals_of(self.draft.effects, active_triggers().in_order, without=None)
        self._is_endless = not ends(self.draft.conditions, self.draft.effects)

    def take(self, ticket: Ticket, updates: Iterator[Update]) -> int:
        """Replay one ticket; it counts as one."""
        row = AutomationDue(automation_id=0, ticket=ticket)
        left: Ticket | None = None  # the ticket as the update before has left it
        times = 0
        for update in updates:
            if left is not None:
                times += self._until(update.at, row, left, update.cast)
            update.finish()
            left = copied(ticket)
            with clock.frozen(update.at):
                aim(row, self._compiled, left, update.at)
        if left is not None:
            times += self._until(clock.now(), row, left, update.cast)
        self._tally.counts["judged"] += 1
        self._tally.count_ticket(ticket.pk, times)
        if self._is_endless:
            self._tally.loops["endless"] = {"kind": "endless", "rule": None, "ticket": 0,
                                            "times": 0}  # fmt: skip
        if times >= RUNS_TOO_OFTEN:
            self._tally.warn("again", ticket.pk)
        return 1

    def flush(self) -> None:
        self._outcomes.flush()

    def _until(self, until: datetime, row: AutomationDue, ticket: Ticket, cast: Cast) -> int:
        """The runs before an instant, while the ticket stays as it is. Returns how many."""
        times = 0
        for _ in range(_TRIES):
            at = row.due_at
            if at is None or at >= until or ticket.is_closed or ticket.is_deleted:
                break
            with clock.frozen(at):
                times += self._run_or_wait(row, ticket, cast, at)
        return times

    def _run_or_wait(
        self, row: AutomationDue, ticket: Ticket, cast: Cast, at: datetime
    ) -> bool:  # fmt: skip
        situation = Situation(ticket=ticket, actor=self._actor, now=at)
        if first_unmet(self.draft.conditions, situation) is not None:
            postpone(row, self._compiled, ticket, at)
            return False
        note_run(row, self._compiled, ticket, at)
        aim(row, self._compiled, ticket, at + _STEP)
        if at < self._since:
            return False
        self._run(ticket, cast, at)
        return True

    def _run(self, ticket: Ticket, cast: Cast, at: datetime) -> None:
        then = copied(ticket)
        audit = Audit(ticket=then, channel=self._actor.channel, created_at=at)
        change = TicketChange(ticket=then, actor=self._actor, audit=audit)
        situation = Situation(ticket=then, actor=self._actor, now=at, change=change)
        made = outcome(self.draft.effects, situation, cast, self.draft.cause)
        example = {
            "ticket": ticket.pk, "audit": None, "at": at.isoformat(), "by": None,
            "held": self.draft.held(situation),
        }  # fmt: skip
        self._outcomes.take(made, example)
        for rival in undone_by(made, self._rivals, at):
            self._tally.warn("undone", ticket.pk, rule=rival.named)

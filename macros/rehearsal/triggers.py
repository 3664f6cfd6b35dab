"""A draft of a trigger on the updates of the past: where it would have fired, and what of it.

History is left as it was: what the draft would have done at one update is not there at the next.
Within an update it stands at its place among the others: it is judged each time their pass would
have come to it (macros.engine). What the rule that it changes did at that update is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from macros.engine.compiled import active_triggers
from macros.models import RuleKind, Trigger
from macros.rehearsal.loops import Pace, rivals_of, undoes, undone_by
from macros.rehearsal.outcome import Outcome, Outcomes, outcome
from macros.rehearsal.past import Update
from macros.rehearsal.tally import Tally
from tickets.changes import TicketChange
from tickets.conditions import Condition, Conditions, Purpose, Situation, first_unmet, holds, parse
from tickets.models import Status, Ticket

_LAST = (float("inf"),)


@dataclass(frozen=True, slots=True)
class Draft:
    """Conditions and effects ready to be judged by. `rule_id`: of the rule that it changes."""

    rule_id: int | None
    title: str
    conditions: Conditions
    order: tuple[Condition, ...]
    effects: list[dict[str, Any]]
    kind: RuleKind

    @classmethod
    def of(cls, kind: RuleKind, definition: Mapping[str, Any], rule_id: int | None) -> Draft:
        """Raises InvalidCondition when it names what has been deleted meanwhile."""
        purpose = Purpose.TRIGGER if kind == RuleKind.TRIGGER else Purpose.AUTOMATION
        conditions = parse(definition["conditions"], purpose)
        return cls(
            rule_id, definition["title"], conditions, tuple(conditions), definition["effects"], kind
        )

    @property
    def cause(self) -> dict[str, Any]:
        return {"kind": self.kind.value, "id": self.rule_id or 0, "title": self.title,
                "revision": 0}  # fmt: skip

    def held(self, situation: Situation) -> list[int]:
        """The numbers of the conditions that hold, each by itself."""
        return [
            number for number, each in enumerate(self.order)
            if holds(Conditions(all=(each,)), situation)
        ]  # fmt: skip

    def names(self, *fields: str) -> bool:
        return any(each.field.name in fields for each in self.order)


class TriggerRehearsal:
    """`first_audit_id`: updates before it are past telling."""

    def __init__(
        self, definition: Mapping[str, Any], rule_id: int | None, first_audit_id: int, tally: Tally
    ) -> None:
        self.draft = Draft.of(RuleKind.TRIGGER, definition, rule_id)
        self._tally, self._first = tally, first_audit_id
        self._places = _places()
        self._place = _place_of(definition, rule_id, self._places)
        self._outcomes = Outcomes(tally)
        active = active_triggers().in_order
        self._titles = {each.id: each.title for each in active}
        self._rivals = rivals_of(self.draft.effects, active, without=rule_id)

    @property
    def asks_files(self) -> bool:
        return self.draft.names("attachment")

    def take(self, ticket: Ticket, updates: Iterator[Update]) -> int:
        """Replay one ticket. Returns how many of its updates were wanted."""
        done, times, pace = 0, 0, Pace()
        for update in updates:
            if (update.change.audit.pk or 0) < self._first:
                continue
            done += 1
            if is_judged(update.change):
                times += self._judge(update, pace)
        self._tally.count_ticket(ticket.pk, times)
        return done

    def flush(self) -> None:
        self._outcomes.flush()

    def _judge(self, update: Update, pace: Pace) -> bool:
        counts = self._tally.counts
        counts["judged"] += 1
        unmet: Condition | None = None
        fired: list[int] = []
        for change, next_id in update.stages(without=self.draft.rule_id):
            if next_id is not None and self._places.get(next_id, _LAST) < self._place:
                fired.append(next_id)
                continue  # the pass began again before it came to the draft
            situation = Situation(
                ticket=change.ticket, actor=change.actor, now=update.at, change=change,
                has_files=update.has_files,
            )  # fmt: skip
            unmet = first_unmet(self.draft.conditions, situation)
            if unmet is None:
                self._fire(update, change, situation, fired, pace)
                return True
            if next_id is not None:
                fired.append(next_id)
        number = next(n for n, each in enumerate(self.draft.order) if each is unmet)
        counts[f"unmet:{number}"] += 1
        return False

    def _fire(
        self, update: Update, change: TicketChange, situation: Situation, fired: list[int],
        pace: Pace,
    ) -> None:  # fmt: skip
        made = outcome(self.draft.effects, situation, update.cast, self.draft.cause)
        example = {
            "ticket": change.ticket.pk, "audit": change.audit.pk, "at": update.at.isoformat(),
            "by": change.audit.author_id,
            "held": self.draft.held(situation),
        }  # fmt: skip
        self._outcomes.take(made, example)
        self._warn(update, made, fired, pace)

    def _warn(self, update: Update, made: Outcome, fired: list[int], pace: Pace) -> None:
        ticket_id = made.change.ticket.pk
        if kind := pace.note(made.change, update.at):
            self._tally.warn(kind, ticket_id)
        for rival in undone_by(made, self._rivals, update.at, fired=fired):
            self._tally.warn("undone", ticket_id, rule=rival.named)
        before = [(pk, events) for pk, events in update.by_triggers if pk in fired]
        for rule_id in undoes(made, before):
            title = self._titles.get(rule_id, f"#{rule_id}")
            self._tally.warn("undoes", ticket_id, rule={"id": rule_id, "title": title})


def is_judged(change: TicketChange) -> bool:
    """As macros.engine.step judges submits; which were silent is not known any more.

    Of those only the closing of a merged ticket can be told.
    """
    if change.is_release or change.is_undo or change.changed("deleted"):
        return False
    if change.ticket.status != Status.CLOSED:
        return True
    return change.changed("status") is not None and change.ticket.merged_into_id is None


def _places() -> dict[int, tuple[float, ...]]:
    """Where each trigger stands in the pass, switched off ones too."""
    rows = Trigger.objects.values_list("pk", "category__position", "category_id", "position")
    return {pk: (*place, pk) for pk, *place in rows}


def _place_of(
    definition: Mapping[str, Any], rule_id: int | None, places: Mapping[int, tuple[float, ...]]
) -> tuple[float, ...]:
    """The place of the rule that is changed; the end of the draft's category else."""
    category_id = definition.get("category_id")
    own = places.get(rule_id or 0)
    if own is not None and own[1] == category_id:
        return own
    within = [place for place in places.values() if place[1] == category_id]
    return (*max(within)[:2], float("inf")) if within else _LAST

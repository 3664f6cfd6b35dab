"""What would work against a draft: other triggers that undo it, and itself, again and again.

Programs that answer what a rule sends cannot be seen in the past; what a draft does so often that
triggers would have been stopped can.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from macros.effects import plan
from macros.engine.compiled import CompiledTrigger
from macros.engine.rates import SUBMITS, WINDOW
from macros.rehearsal.outcome import Differences, Outcome, differences
from macros.rehearsal.past import copied
from tickets.changes import TicketChange
from tickets.conditions import Situation, holds
from tickets.conditions.custom import PREFIX
from tickets.errors import TicketError
from tickets.models import AuditEvent, Channel, EventType, Ticket

# Effects that leave a value behind which another rule may set back.
_LASTING = {
    "status": "status", "priority": "priority", "type": "type", "group_id": "group_id",
    "assignee_id": "assignee_id", "set_schedule": "schedule_id",
    "ticket_form_id": "form_id", "snooze": "snoozed_until", "set_tags": "tags",
    "current_tags": "tags", "remove_tags": "tags",
}  # fmt: skip
OFTEN = 5  # times on one ticket within WINDOW, on submits that a program may have made


@dataclass(frozen=True, slots=True)
class Rival:
    """An active trigger with those of its effects that may undo a draft's."""

    trigger: CompiledTrigger
    effects: tuple[dict[str, Any], ...]
    columns: frozenset[str]

    @property
    def named(self) -> dict[str, Any]:
        return {"id": self.trigger.id, "title": self.trigger.title}


def rivals_of(
    effects: Sequence[dict[str, Any]], triggers: Iterable[CompiledTrigger], *, without: int | None
) -> list[Rival]:
    """The triggers that set what these effects set."""
    own = {column for item in effects if (column := _column(item))}
    found = []
    for trigger in triggers:
        lasting = tuple(item for item in trigger.effects if _column(item) in own)
        if lasting and trigger.id != without:
            columns = frozenset(column for item in lasting if (column := _column(item)))
            found.append(Rival(trigger, lasting, columns))
    return found


def _column(effect: dict[str, Any]) -> str | None:
    name = str(effect["field"])
    return name if name.startswith(PREFIX) else _LASTING.get(name)


def undone_by(
    made: Outcome, rivals: Sequence[Rival], now: datetime, *, fired: Iterable[int] = ()
) -> list[Rival]:
    """The rivals that would set back in the same submit what the draft has set.

    They are judged on the ticket as the draft leaves it. `fired` have had their turn already: each
    trigger fires once in a submit.
    """
    names = made.differences.keys()
    near = [each for each in rivals if not each.columns.isdisjoint(names)]
    spent = set(fired)
    near = [each for each in near if each.trigger.id not in spent]
    if not near:
        return []
    after = _after(made)
    situation = Situation(ticket=after.ticket, actor=after.actor, now=now, change=after)
    return [each for each in near if _sets_back(each, made.differences, situation)]


def _after(made: Outcome) -> TicketChange:
    """The submit with what the draft adds to it."""
    change = made.change
    ticket = copied(change.ticket)
    for name, (_, value) in made.differences.items():
        _set(ticket, name, value)
    after = replace(change, ticket=ticket, events=list(change.events))
    for name, (before, value) in made.differences.items():
        after.add(EventType.CHANGE, name, before, value)
    return after


def _set(ticket: Ticket, name: str, value: Any) -> None:
    if name.startswith(PREFIX):
        ticket.custom_fields[name.removeprefix(PREFIX)] = value
    elif name == "tags":
        ticket.tags = list(value)
    elif name in _LASTING.values():
        setattr(ticket, name, value)


def _sets_back(rival: Rival, done: Differences, situation: Situation) -> bool:
    try:
        if not holds(rival.trigger.conditions, situation):
            return False
        again = differences(plan(rival.effects, situation, {"dc": {}}).fields, situation.ticket)
    except TicketError:
        return False
    return any(name in done and _is_undone(name, done[name], pair) for name, pair in again.items())


def _is_undone(name: str, done: tuple[Any, Any], again: tuple[Any, Any]) -> bool:
    """Of tags: one that was added is taken off, or the other way round."""
    if name != "tags":
        return True
    before, after, last = set(done[0]), set(done[1]), set(again[1])
    return bool((after - before) - last or (before - after) & last)


def undoes(made: Outcome, by_triggers: Iterable[tuple[int, list[AuditEvent]]]) -> set[int]:
    """The triggers whose work, done in the same submit before it, the draft would set back."""
    return {
        rule_id
        for rule_id, events in by_triggers
        for event in events
        if event.type == EventType.CHANGE and event.field_name in made.differences
        and _is_undone(event.field_name, (event.previous_value or [], event.value or []),
                       made.differences[event.field_name])
        and (event.field_name == "tags"
             or made.differences[event.field_name][1] == event.previous_value)
    }  # fmt: skip


@dataclass(slots=True)
class Pace:
    """How fast a draft fires on one ticket, counted as macros.engine.rates does."""

    _lately: deque[datetime] = field(default_factory=deque)

    def note(self, change: TicketChange, at: datetime) -> str:
        """`stopped` when triggers would have been stopped, `often` on the way there, or empty."""
        if change.is_creation:
            self._lately.append(at)
            return ""
        while self._lately and self._lately[0] <= at - WINDOW:
            self._lately.popleft()
        before = len(self._lately)
        self._lately.append(at)
        if change.actor.is_agent and change.actor.channel == Channel.WEB:
            return ""
        if before >= SUBMITS:
            return "stopped"
        return "often" if before == OFTEN - 1 else ""

"""Active triggers, parsed once and kept until any rule changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from macros.engine.gates import Gate, gates_of, name_read_by
from macros.kept import Kept, UnreadableRule
from macros.models import RuleKind, Trigger
from macros.runs import Roster
from macros.values import are_needed
from tickets.conditions import Condition, Conditions, InvalidCondition, Purpose, parse
from tickets.conditions.custom import custom_fields
from tickets.conditions.registry import Field

# Judged first, because they decide most often and ask the database nothing.
_CHEAP = ("update_type", "comment_is_public", "role", "status")


@dataclass(frozen=True)
class CompiledTrigger:
    """`order` are all its conditions as they stand in the rule: results name them by number.

    `reads` names what of a ticket its conditions depend on, as tickets.actions.attempts does.
    """

    id: int
    title: str
    revision: int
    conditions: Conditions
    order: tuple[Condition, ...]
    reads: frozenset[str]
    effects: list[dict[str, Any]]
    owner_id: int | None

    @property
    def cause(self) -> dict[str, Any]:
        """How events name the rule that made them."""
        return {
            "kind": RuleKind.TRIGGER.value, "id": self.id, "title": self.title,
            "revision": self.revision,
        }  # fmt: skip

    def number_of(self, condition: Condition) -> int:
        """Which of the rule's conditions it is, counted from 0."""
        return self._numbers[id(condition)]

    def waits_for(self, unmet: Condition) -> Iterable[str]:
        """What of the ticket has to change before a condition that decided may hold.

        One that has to hold by itself decides as long as it is as it is; behind one of several
        alternatives stands whatever the rule reads.
        """
        return (name_read_by(unmet),) if id(unmet) in self._lone else self.reads

    @cached_property
    def needs_values(self) -> bool:
        """Whether its texts have placeholders."""
        return are_needed(self.effects)

    @cached_property
    def _numbers(self) -> dict[int, int]:
        return {id(condition): number for number, condition in enumerate(self.order)}

    @cached_property
    def _lone(self) -> frozenset[int]:
        return frozenset(map(id, _all_of(self.conditions)))


@dataclass(frozen=True, slots=True)
class Triggers:
    """All active triggers: in order, by what has to hold before they are looked at, as a roster."""

    in_order: tuple[CompiledTrigger, ...]
    invalid: tuple[UnreadableRule, ...]
    gates: tuple[Gate, ...]
    ungated: tuple[int, ...]  # places of those that are looked at on every submit
    roster: Roster

    def by_id(self, rule_id: int) -> CompiledTrigger:
        return next(each for each in self.in_order if each.id == rule_id)


def active_triggers(revision: int | None = None) -> Triggers:
    """Active triggers as of the newest revision of any rule; see macros.kept."""
    return kept_triggers.as_of(revision)


def _read() -> Triggers:
    rows = Trigger.objects.filter(is_active=True)
    custom = custom_fields()
    made = [
        _compile(row, custom)
        for row in rows.order_by("category__position", "category_id", "position", "id")
    ]
    in_order = tuple(one for one in made if isinstance(one, CompiledTrigger))
    gates, ungated = gates_of(in_order)
    return Triggers(
        in_order=in_order, gates=gates, ungated=ungated,
        invalid=tuple(one for one in made if isinstance(one, UnreadableRule)),
        roster=Roster([(each.id, each.revision) for each in in_order]),
    )  # fmt: skip


kept_triggers = Kept(_read)


def _compile(row: Trigger, custom: Mapping[str, Field]) -> CompiledTrigger | UnreadableRule:
    try:
        conditions = parse(row.conditions, Purpose.TRIGGER, custom=custom)
    except InvalidCondition as error:
        return UnreadableRule(row.pk, row.title, row.updated_by_id, str(error))
    return CompiledTrigger(
        id=row.pk, title=row.title, revision=row.revision,
        conditions=Conditions(all=_cheap_first(conditions.all), any=conditions.any),
        order=tuple(conditions), reads=reads_of(conditions), effects=row.effects,
        owner_id=row.updated_by_id,
    )  # fmt: skip


def reads_of(conditions: Iterable[Condition]) -> frozenset[str]:
    """What of a ticket these conditions depend on, as tickets.actions.attempts names it."""
    return frozenset(map(name_read_by, conditions))


def _all_of(conditions: Conditions) -> Iterable[Condition]:
    """The conditions every one of which has to hold, in groups of such, too."""
    for node in conditions.all:
        if isinstance(node, Conditions):
            yield from _all_of(node)
        else:
            yield node


def _cheap_first(
    nodes: tuple[Condition | Conditions, ...],
) -> tuple[Condition | Conditions, ...]:
    def cost(node: Condition | Conditions) -> int:
        if isinstance(node, Conditions):
            return len(_CHEAP) + 1
        return _CHEAP.index(node.field.name) if node.field.name in _CHEAP else len(_CHEAP)

    return tuple(sorted(nodes, key=cost))

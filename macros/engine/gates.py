"""Triggers by field: one question decides of many triggers whether they are looked at at all.

"Priority has changed" is asked once a submit. Where it has not, none of the triggers that need it
is judged; what is kept of them says so all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from tickets.conditions import Condition, Conditions, Situation, holds
from tickets.conditions.registry import Kind

_WHEN_CHANGED = ("changed", "value", "value_previous")
# What of a submit can be had for nothing, most telling first; it is the same for all rules.
_OF_SUBMIT = ("sla_event", "current_via_id", "role", "comment_is_public", "may_be_answered",
              "update_type")  # fmt: skip
_COLUMNS = (Kind.ORDERED, Kind.CHOICE, Kind.REFERENCE)
# Conditions whose value follows from a column with another name.
_READ_FROM = {
    "requester": "requester_id", "organization": "organization_id",
    "in_business_hours": "schedule_id",
}  # fmt: skip


class _Rule(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def conditions(self) -> Conditions: ...
    def number_of(self, condition: Condition) -> int: ...


@dataclass(frozen=True, slots=True)
class Gate:
    """`places` are those of the triggers behind it; `unmet` says by rule which of its conditions
    decides while it is closed.

    `opened_by` names what of the ticket, if a rule changes it, makes the triggers be judged.
    """

    question: Conditions
    opened_by: str
    places: tuple[int, ...]
    unmet: dict[int, int]

    def is_open(self, situation: Situation) -> bool:
        return holds(self.question, situation)


def gates_of(rules: Sequence[_Rule]) -> tuple[tuple[Gate, ...], tuple[int, ...]]:
    """The gates of rules in their order, and the places of those that have none."""
    behind: dict[tuple[str, str, str], list[tuple[int, Condition]]] = {}
    ungated = []
    for place, rule in enumerate(rules):
        condition = _most_telling(rule.conditions.all)
        if condition is None:
            ungated.append(place)
        else:
            asked = _question(condition)
            key = (asked.field.name, asked.operator, repr(asked.value))
            behind.setdefault(key, []).append((place, condition))
    gates = tuple(
        Gate(
            question=Conditions(all=(_question(found[0][1]),)),
            opened_by=name_read_by(found[0][1]),
            places=tuple(place for place, _ in found),
            unmet={rules[place].id: rules[place].number_of(decides) for place, decides in found},
        )
        for found in behind.values()
    )
    return gates, tuple(ungated)


def name_read_by(condition: Condition) -> str:
    """What of a ticket a condition depends on, as tickets.actions.attempts names it."""
    field = condition.field
    is_own = field.custom_id and not field.holder
    name = field.name if is_own else (field.path or field.name).split(".")[0]
    return _READ_FROM.get(name, name)


def _most_telling(nodes: Iterable[Condition | Conditions]) -> Condition | None:
    ranked = [
        (rank, node) for node in nodes
        if isinstance(node, Condition) and (rank := _rank(node)) is not None
    ]  # fmt: skip
    return min(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _rank(condition: Condition) -> int | None:
    """Lower is asked rather; None: to be judged in its rule, because it may cost a query."""
    field = condition.field
    if condition.operator in _WHEN_CHANGED:
        return 0
    if field.name in _OF_SUBMIT:
        return 2 + _OF_SUBMIT.index(field.name)
    return 1 if field.kind in _COLUMNS and field.path and "." not in field.path else None


def _question(condition: Condition) -> Condition:
    """A rule that waits for a new value need not be looked at before there is one."""
    if condition.operator in _WHEN_CHANGED:
        return Condition(condition.field, "changed", None)
    return condition

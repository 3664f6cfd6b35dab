"""Which fields of a form are asked, given what was chosen in others. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Rule:
    """`child` is asked when `parent` holds `value` ("true" or "false" of a checkbox)."""

    parent: int
    value: str
    child: int
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """The fields that are asked, and those of them that a rule requires."""

    shown: frozenset[int]
    required: frozenset[int]


def asked(field_ids: Iterable[int], rules: Sequence[Rule], values: Mapping[str, Any]) -> Asked:
    """A field that is no rule's child is always asked; a child when one of its rules holds.

    A rule holds only while its parent is asked itself, and a parent outside the form never is.
    """
    inside = set(field_ids)
    by_child: dict[int, list[Rule]] = defaultdict(list)
    for rule in rules:
        by_child[rule.child].append(rule)
    known: dict[int, bool] = {}

    def is_shown(pk: int) -> bool:
        if pk not in known:
            known[pk] = False  # a circle, which saving refuses, asks nothing
            known[pk] = pk in inside and (
                pk not in by_child or any(holds(rule) for rule in by_child[pk])
            )
        return known[pk]

    def holds(rule: Rule) -> bool:
        return is_shown(rule.parent) and has_value(values.get(str(rule.parent)), rule.value)

    shown = frozenset(pk for pk in inside if is_shown(pk))
    required = frozenset(r.child for r in rules if r.is_required and r.child in shown and holds(r))
    return Asked(shown, required)


def has_value(given: Any, wanted: str) -> bool:
    """Whether a field's value is, or has among others, what a rule asks for."""
    if isinstance(given, list | tuple):
        return wanted in given
    if isinstance(given, bool) or given is None:
        return wanted == ("true" if given else "false")
    return str(given) == wanted


def circle_in(rules: Iterable[Rule]) -> int | None:
    """A field that would be asked because of itself; None when there is none."""
    children: dict[int, set[int]] = defaultdict(set)
    for rule in rules:
        children[rule.parent].add(rule.child)
    for start in list(children):
        reached, waiting = set[int](), [start]
        while waiting:
            for child in children.get(waiting.pop(), ()):
                if child == start:
                    return start
                if child not in reached:
                    reached.add(child)
                    waiting.append(child)
    return None

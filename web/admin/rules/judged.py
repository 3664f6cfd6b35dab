"""Conditions as judged sentences: what holds on a ticket, what does not, and what decided."""

from __future__ import annotations

from dataclasses import dataclass

from tickets.conditions import Condition, Conditions, Situation, first_unmet, holds
from tickets.conditions.words import Names, words_of, words_of_condition


@dataclass(frozen=True, slots=True)
class Judged:
    """One condition, whether it holds, and whether it is the one that decides."""

    words: str
    holds: bool
    decides: bool
    is_alternative: bool = False


def judged(conditions: Conditions, situation: Situation, names: Names) -> list[Judged]:
    """Every condition of a rule; one of them decides when they do not hold together."""
    unmet = first_unmet(conditions, situation)
    return [
        *_rows(conditions.all, situation, names, unmet, False),
        *_rows(conditions.any, situation, names, unmet, True),
    ]


def _rows(
    nodes: tuple[Condition | Conditions, ...], situation: Situation, names: Names,
    unmet: Condition | None, is_alternative: bool,
) -> list[Judged]:  # fmt: skip
    return [
        Judged(
            words_of_condition(node, names) if isinstance(node, Condition)
            else " · ".join(words_of(node, names)),
            holds(Conditions(all=(node,)), situation),
            node is unmet or (isinstance(node, Conditions) and any(each is unmet for each in node)),
            is_alternative,
        )
        for node in nodes
    ]  # fmt: skip

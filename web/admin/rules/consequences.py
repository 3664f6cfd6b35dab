"""What a rule that fires would do to one ticket, in sentences and in the mails it would send."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from macros.effects import InvalidEffect, plan
from macros.effects.plan import Notice
from macros.effects.words import words_of_effects
from macros.values import values_for
from tickets.conditions import Situation
from tickets.conditions.words import Names


@dataclass(frozen=True, slots=True)
class Consequences:
    """`mails` are those with a text of the rule's; `problem` says why it would fail instead."""

    effects: list[str]
    mails: list[Notice]
    problem: str = ""


def consequences(
    effects: Sequence[dict[str, Any]], situation: Situation, names: Names
) -> Consequences:  # fmt: skip
    """Nothing is written and nothing is sent."""
    words = words_of_effects(effects, names)
    try:
        made = plan(effects, situation, values_for(situation))
    except InvalidEffect as error:
        return Consequences(words, [], str(error))
    return Consequences(words, [notice for notice in made.notices if notice.body])

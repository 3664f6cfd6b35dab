"""What a view asks of its tickets: its own conditions, and that they are awake.

A snoozed ticket is out of the way until its moment: it stands in no view but those whose conditions
name the snooze, whatever they say of it. The stock view "Snoozed" is one of them.
"""

from __future__ import annotations

from dataclasses import replace

from tickets.conditions import Condition, Conditions, parse
from tickets.conditions.registry import FIELDS
from tickets.models import View

SNOOZE = "snoozed_until"
_AWAKE = Condition(FIELDS[SNOOZE], "not_present", None)


def conditions_of(view: View) -> Conditions:
    """Raises InvalidCondition when they name what is gone."""
    return with_awake(parse(view.conditions))


def with_awake(conditions: Conditions) -> Conditions:
    """The conditions, and that a ticket is awake unless one of them speaks of that."""
    if any(each.field.name == SNOOZE for each in conditions):
        return conditions
    return replace(conditions, all=(*conditions.all, _AWAKE))

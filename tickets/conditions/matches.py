from __future__ import annotations

from datetime import timedelta

from accounts.actor import Actor
from core import clock
from tickets.conditions.grammar import Condition, Conditions
from tickets.conditions.registry import Kind
from tickets.models import Ticket


def matches(conditions: Conditions, ticket: Ticket, actor: Actor) -> bool:
    """Whether a ticket as it is in memory meets the conditions."""
    if not all(_one(condition, ticket, actor) for condition in conditions.all):
        return False
    return not conditions.any or any(_one(c, ticket, actor) for c in conditions.any)


def _one(condition: Condition, ticket: Ticket, actor: Actor) -> bool:
    actual, value = getattr(ticket, condition.field.column), condition.value
    choices = condition.field.choices
    match condition.field.kind, condition.operator:
        case Kind.ORDERED, "less_than":
            return choices.index(actual) < choices.index(value)
        case Kind.ORDERED, "greater_than":
            return choices.index(actual) > choices.index(value)
        case Kind.ORDERED | Kind.CHOICE, "is_not":
            return bool(actual != value)
        case Kind.REFERENCE, "present":
            return actual is not None
        case Kind.REFERENCE, "not_present":
            return actual is None
        case Kind.REFERENCE, operator:
            return _is_reference(actual, value, actor) != (operator == "is_not")
        case Kind.TAGS, "includes":
            return not set(value).isdisjoint(actual)
        case Kind.TAGS, "not_includes":
            return set(value).isdisjoint(actual)
        case Kind.TAGS, operator:
            return bool(actual) == (operator == "present")
        case Kind.HOURS, operator:
            if actual is None:
                return False
            instant = clock.now() - timedelta(hours=value)
            return bool(actual > instant if operator == "less_than" else actual <= instant)
    return bool(actual == value)


def _is_reference(actual: int | None, value: object, actor: Actor) -> bool:
    if value == "current_groups":
        return actual in actor.group_ids
    if value == "current_user":
        return actual == (actor.user_id or 0)
    return actual == value

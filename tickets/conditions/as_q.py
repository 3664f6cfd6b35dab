from __future__ import annotations

from datetime import timedelta
from functools import reduce
from operator import and_, or_

from django.db.models import Q

from accounts.actor import Actor
from core import clock
from tickets.conditions.grammar import Condition, Conditions
from tickets.conditions.registry import Kind


def as_q(conditions: Conditions, actor: Actor) -> Q:
    """The conditions as a filter on tickets, as seen by `actor` (who is "current_user")."""
    every = reduce(and_, (_one(c, actor) for c in conditions.all), Q())
    if not conditions.any:
        return every
    return every & reduce(or_, (_one(c, actor) for c in conditions.any))


def _one(condition: Condition, actor: Actor) -> Q:
    column, value = condition.field.column, condition.value
    match condition.field.kind, condition.operator:
        case Kind.ORDERED, "less_than":
            return Q(**{f"{column}__in": _before(condition)})
        case Kind.ORDERED, "greater_than":
            return Q(**{f"{column}__in": _after(condition)})
        case Kind.ORDERED | Kind.CHOICE, "is_not":
            others = [choice for choice in condition.field.choices if choice != value]
            return Q(**{f"{column}__in": others})
        case Kind.REFERENCE, "present":
            return Q(**{f"{column}__isnull": False})
        case Kind.REFERENCE, "not_present":
            return Q(**{f"{column}__isnull": True})
        case Kind.REFERENCE, operator:
            is_it = _reference(column, value, actor)
            return ~is_it if operator == "is_not" else is_it
        case Kind.TAGS, "includes":
            return Q(**{f"{column}__overlap": list(value)})
        case Kind.TAGS, "not_includes":
            return ~Q(**{f"{column}__overlap": list(value)})
        case Kind.TAGS, operator:
            is_empty = Q(**{f"{column}__len": 0})
            return ~is_empty if operator == "present" else is_empty
        case Kind.HOURS, operator:
            instant = clock.now() - timedelta(hours=value)
            return Q(**{f"{column}__{'gt' if operator == 'less_than' else 'lte'}": instant})
    return Q(**{column: value})


def _before(condition: Condition) -> list[str]:
    choices = condition.field.choices
    return list(choices[: choices.index(condition.value)])


def _after(condition: Condition) -> list[str]:
    choices = condition.field.choices
    return list(choices[choices.index(condition.value) + 1 :])


def _reference(column: str, value: object, actor: Actor) -> Q:
    if value is None:
        return Q(**{f"{column}__isnull": True})
    if value == "current_groups":
        return Q(**{f"{column}__in": sorted(actor.group_ids)})
    return Q(**{column: (actor.user_id or 0) if value == "current_user" else value})

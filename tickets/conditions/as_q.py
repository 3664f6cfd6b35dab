from __future__ import annotations

from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import DecimalField, F, Func, Lookup, Q, TextField, Value
from django.db.models.lookups import (
    Exact,
    GreaterThan,
    GreaterThanOrEqual,
    IContains,
    IExact,
    IsNull,
    LessThan,
    LessThanOrEqual,
)

from accounts.actor import Actor
from core import clock
from tickets.conditions import business
from tickets.conditions.grammar import Condition, Conditions, InvalidCondition
from tickets.conditions.matches import days_within, hours_window
from tickets.conditions.registry import Field, Kind
from tickets.search.words import has_words

_NOTHING = Q(pk__in=[])


def as_q(conditions: Conditions, actor: Actor) -> Q:
    """The conditions as a filter on tickets, as seen by `actor` (who is "current_user").

    Raises InvalidCondition for conditions about a change: no row of a table remembers it.
    """
    every = reduce(and_, (_node(node, actor) for node in conditions.all), Q())
    if not conditions.any:
        return every
    return every & reduce(or_, (_node(node, actor) for node in conditions.any))


def _node(node: Condition | Conditions, actor: Actor) -> Q:
    if isinstance(node, Conditions):
        # An empty group asks nothing: in memory it holds as well.
        return as_q(node, actor) if not node.is_empty else ~_NOTHING
    if node.is_about_change:
        raise InvalidCondition(f"{node.field.name} can only be asked where a change is judged.")
    if node.field.custom_id and node.field.kind is not Kind.HOURS:
        return _custom(node)
    return _one(node, actor)


def _one(condition: Condition, actor: Actor) -> Q:
    column, value = condition.field.path.replace(".", "__"), condition.value
    match condition.field.kind, condition.operator:
        case Kind.ORDERED, "less_than":
            return Q(**{f"{column}__in": _before(condition)})
        case Kind.ORDERED, "greater_than":
            return Q(**{f"{column}__in": _after(condition)})
        case Kind.ORDERED | Kind.CHOICE, "is_not":
            others = [choice for choice in condition.field.choices if choice != value]
            return Q(**{f"{column}__in": others})
        case Kind.REFERENCE | Kind.MOMENT, "present" | "not_present":
            return Q(**{f"{column}__isnull": condition.operator == "not_present"})
        case Kind.REFERENCE, operator:
            is_it = _reference(column, value, actor)
            return ~is_it if operator == "is_not" else is_it
        case Kind.TAGS, operator:
            return _tags(column, operator, value)
        case Kind.NUMBER, operator:
            return _number(column, operator, value)
        case Kind.TEXT, operator:
            return _text(column, operator, value)
        case Kind.WORDS, operator:
            return _words(column, operator, value)
        case Kind.SEARCH, operator:
            found = has_words(value)
            return found if operator == "includes" else ~found
        case Kind.HOURS, _:
            return _hours(condition)
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


def _tags(column: str, operator: str, value: Any) -> Q:
    if operator in ("includes", "not_includes"):
        overlaps = Q(**{f"{column}__overlap": list(value)})
        return overlaps if operator == "includes" else ~overlaps
    is_empty = Q(**{f"{column}__len": 0}) | Q(**{f"{column}__isnull": True})
    return ~is_empty if operator == "present" else is_empty


def _number(column: str, operator: str, value: Any) -> Q:
    match operator:
        case "present" | "not_present":
            return Q(**{f"{column}__isnull": operator == "not_present"})
        case "less_than" | "greater_than":
            return Q(**{f"{column}__{'lt' if operator == 'less_than' else 'gt'}": value})
    is_it = Q(**{column: value})
    return is_it if operator == "is" else ~is_it


def _text(column: str, operator: str, value: Any) -> Q:
    match operator:
        case "present" | "not_present":
            is_empty = Q(**{column: ""}) | Q(**{f"{column}__isnull": True})
            return is_empty if operator == "not_present" else ~is_empty
        case "is" | "is_not":
            found = Q(**{f"{column}__iexact": value})
        case _:
            found = Q(**{f"{column}__icontains": value})
    return ~found if operator in ("is_not", "not_includes") else found


def _words(column: str, operator: str, value: Any) -> Q:
    wanted = [value] if operator in ("is", "is_not") else value
    found = reduce(or_, (Q(**{f"{column}__icontains": word}) for word in wanted))
    return ~found if operator in ("is_not", "not_includes") else found


def _hours(condition: Condition) -> Q:
    """A range of the instant; one for each schedule where business hours are asked for."""
    field = condition.field
    in_status = Q(status=field.status) if field.status else Q()
    if not condition.operator.endswith("_business_hours"):
        return in_status & _window(condition, None)
    rows = business.all_schedules()
    default = business.schedule_of(None)
    spans = [Q(schedule_id=None) & _window(condition, default)]
    spans += [Q(schedule_id=pk) & _window(condition, row) for pk, row in rows.items()]
    return in_status & reduce(or_, spans)


def _window(condition: Condition, schedule: Any) -> Q:
    column = condition.field.path
    first, last = hours_window(condition, clock.now(), schedule)
    window = Q(**{f"{column}__isnull": False})
    if first is not None:
        window &= Q(**{f"{column}__gt": first})
    if last is not None:
        window &= Q(**{f"{column}__lte": last})
    return window


def _custom(condition: Condition) -> Q:
    """Custom fields lie in one JSON column under the field's id; a missing key has no value."""
    key, operator, value = condition.field.custom_id, condition.operator, condition.value
    text = _custom_value(condition.field)
    is_missing = Q(IsNull(text, True))
    if operator in ("present", "not_present"):
        return is_missing if operator == "not_present" else ~is_missing
    match condition.field.kind:
        case Kind.TAGS:
            found = reduce(or_, (Q(custom_fields__contains={key: [each]}) for each in value))
        case Kind.FLAG:
            is_on = Q(Exact(text, "true"))
            return is_on if value else is_missing | ~is_on
        case Kind.CHOICE if value == "":
            return is_missing if operator == "is" else ~is_missing
        case Kind.CHOICE:
            found = Q(Exact(text, value))
        case Kind.NUMBER:
            # Of any size: one ticket with a huge number must not break the list of all of them.
            number = Func(text, template="(%(expressions)s)::numeric", output_field=DecimalField())
            found = Q(_COMPARISONS.get(operator, Exact)(number, value))
        case Kind.DATE:
            found = _custom_date(text, operator, value)
        case _:
            found = _custom_text(text, condition)
    return is_missing | ~found if operator in ("is_not", "not_includes") else ~is_missing & found


_COMPARISONS: dict[str, type[Lookup[Any]]] = {"less_than": LessThan, "greater_than": GreaterThan}


def _custom_value(field: Field) -> Func:
    """The value as text. A path lookup of Django's would take the id for a place in an array."""
    column = f"{field.holder}__custom_fields" if field.holder else "custom_fields"
    return Func(
        F(column), Value(field.custom_id), function="jsonb_extract_path_text",
        output_field=TextField(),
    )  # fmt: skip


def _custom_date(text: Func, operator: str, value: Any) -> Q:
    """Dates in ISO form: their letters are in the order of time."""
    if operator.startswith("within_"):
        first, last = days_within(operator, value, clock.now().date())
        return Q(GreaterThanOrEqual(text, first)) & Q(LessThanOrEqual(text, last))
    return Q(_COMPARISONS.get(operator, Exact)(text, value))


def _custom_text(text: Func, condition: Condition) -> Q:
    operator, value = condition.operator, condition.value
    if condition.field.kind is Kind.TEXT and operator in ("is", "is_not"):
        return Q(IExact(text, value))
    wanted = [value] if isinstance(value, str) else value
    return reduce(or_, (Q(IContains(text, word)) for word in wanted))

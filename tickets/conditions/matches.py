from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from accounts.actor import Actor
from core import clock
from tickets.conditions import business
from tickets.conditions.grammar import Condition, Conditions
from tickets.conditions.registry import Kind
from tickets.conditions.situation import Situation
from tickets.models import Ticket
from tickets.search.words import has_words


def matches(conditions: Conditions, ticket: Ticket, actor: Actor) -> bool:
    """Whether a ticket as it is in memory meets the conditions."""
    return holds(conditions, Situation(ticket=ticket, actor=actor, now=clock.now()))


def holds(conditions: Conditions, situation: Situation) -> bool:
    """Whether a situation meets the conditions: a ticket, and perhaps a change of it."""
    if not all(_node(node, situation) for node in conditions.all):
        return False
    return not conditions.any or any(_node(node, situation) for node in conditions.any)


def first_unmet(conditions: Conditions, situation: Situation) -> Condition | None:
    """The condition that decides that conditions do not hold; None when they do.

    Of alternatives that all fail it is the first.
    """
    for node in conditions.all:
        if isinstance(node, Conditions):
            if unmet := first_unmet(node, situation):
                return unmet
        elif not _one(node, situation):
            return node
    if conditions.any and not any(_node(node, situation) for node in conditions.any):
        return next(iter(Conditions(any=conditions.any)))
    return None


def _node(node: Condition | Conditions, situation: Situation) -> bool:
    return holds(node, situation) if isinstance(node, Conditions) else _one(node, situation)


def _one(condition: Condition, situation: Situation) -> bool:
    field, operator, value = condition.field, condition.operator, condition.value
    if condition.operator in _CHANGES:
        return _CHANGES[operator](condition, situation)
    if field.kind is Kind.SEARCH:
        return _is_found(situation.ticket, value) == (operator == "includes")
    actual = situation.value(field)
    if field.kind is Kind.HOURS:
        return _hours(condition, situation, actual)
    return _JUDGES[field.kind](operator, actual, value, condition, situation)


def _is_found(ticket: Ticket, text: str) -> bool:
    """Only the database knows the words of a ticket: one query."""
    return Ticket.objects.filter(has_words(text), pk=ticket.pk).exists()


def _ordered(operator: str, actual: Any, value: Any, condition: Condition, _: Situation) -> bool:
    choices = condition.field.choices
    match operator:
        case "less_than":
            return choices.index(actual) < choices.index(value)
        case "greater_than":
            return choices.index(actual) > choices.index(value)
    return _choice(operator, actual, value, condition, _)


def _choice(operator: str, actual: Any, value: Any, _: Condition, __: Situation) -> bool:
    is_it = (actual or "") == value
    return is_it != (operator == "is_not")


def _reference(operator: str, actual: Any, value: Any, _: Condition, situation: Situation) -> bool:
    if operator in ("present", "not_present"):
        return (actual is not None) == (operator == "present")
    return _is_reference(actual, value, situation.actor) != (operator == "is_not")


def _is_reference(actual: int | None, value: object, actor: Actor) -> bool:
    if value == "current_groups":
        return actual in actor.group_ids
    if value == "current_user":
        return actual == (actor.user_id or 0)
    return actual == value


def _tags(operator: str, actual: Any, value: Any, _: Condition, __: Situation) -> bool:
    actual = actual or []
    match operator:
        case "includes":
            return not set(value).isdisjoint(actual)
        case "not_includes":
            return set(value).isdisjoint(actual)
    return bool(actual) == (operator == "present")


def _flag(_: str, actual: Any, value: Any, __: Condition, ___: Situation) -> bool:
    return bool(actual) == value


def _number(operator: str, actual: Any, value: Any, _: Condition, __: Situation) -> bool:
    number = _as_number(actual)
    match operator:
        case "present" | "not_present":
            return (number is not None) == (operator == "present")
        case "is" | "is_not":
            return (number == value) == (operator == "is")
    if number is None:
        return False
    return number < value if operator == "less_than" else number > value


def _as_number(actual: Any) -> Decimal | None:
    """None also for "NaN" and "Infinity", which old data may hold: they compare with nothing."""
    try:
        number = None if actual is None else Decimal(str(actual))
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


def _text(operator: str, actual: Any, value: Any, _: Condition, __: Situation) -> bool:
    text = actual or ""
    match operator:
        case "present" | "not_present":
            return bool(text) == (operator == "present")
        case "is" | "is_not":
            return (text.upper() == value.upper()) == (operator == "is")
    return (value.upper() in text.upper()) == (operator == "includes")


def _words(operator: str, actual: Any, value: Any, _: Condition, __: Situation) -> bool:
    text = (actual or "").upper()
    if operator in ("is", "is_not"):
        return (value.upper() in text) == (operator == "is")
    return any(word.upper() in text for word in value) == (operator == "includes")


def _date(operator: str, actual: Any, value: Any, _: Condition, situation: Situation) -> bool:
    if operator in ("present", "not_present"):
        return bool(actual) == (operator == "present")
    if not actual:
        return False
    match operator:
        case "is":
            return bool(actual == value)
        case "less_than":
            return bool(actual < value)
        case "greater_than":
            return bool(actual > value)
    first, last = days_within(operator, value, situation.now.date())
    return bool(first <= actual <= last)


def days_within(operator: str, days: int, today: date) -> tuple[str, str]:
    """The first and last day, as ISO dates, that "within the previous (or next) n days" means."""
    span = timedelta(days=days)
    if operator == "within_previous_n_days":
        return (today - span).isoformat(), today.isoformat()
    return today.isoformat(), (today + span).isoformat()


def _hours(condition: Condition, situation: Situation, actual: Any) -> bool:
    field = condition.field
    if actual is None or (field.status and situation.ticket.status != field.status):
        return False
    first, last = hours_window(
        condition, situation.now, business.schedule_of(situation.ticket.schedule_id)
    )
    return (first is None or actual > first) and (last is None or actual <= last)


def hours_window(condition: Condition, now: Any, schedule: Any) -> tuple[Any, Any]:
    """The instants (first excluded, last included) between which the field's instant has to lie.

    "Greater than 4" holds from the moment that four hours have passed, "is 4" for the hour after
    it, "less than 4" before it. What lies ahead is over when its moment has come.
    """
    hours, operator = condition.value, condition.operator
    is_business = operator.endswith("_business_hours")
    calendar = schedule if is_business else None
    if condition.field.is_ahead:
        at, after = (business.hours_ahead(calendar, now, hours + n) for n in (0, 1))
        windows = {"less_than": (now, at), "greater_than": (at, None), "is": (at, after)}
    else:
        at, after = (business.hours_ago(calendar, now, hours + n) for n in (0, 1))
        windows = {"less_than": (at, None), "greater_than": (None, at), "is": (after, at)}
    return windows[operator.removesuffix("_business_hours")]


_JUDGES = {
    Kind.ORDERED: _ordered,
    Kind.CHOICE: _choice,
    Kind.REFERENCE: _reference,
    Kind.TAGS: _tags,
    Kind.FLAG: _flag,
    Kind.NUMBER: _number,
    Kind.TEXT: _text,
    Kind.WORDS: _words,
    Kind.DATE: _date,
    Kind.MOMENT: _reference,
}


def _is_value(condition: Condition, actual: Any, situation: Situation) -> bool:
    judge = _JUDGES[condition.field.kind]
    if condition.field.kind in (Kind.TAGS, Kind.WORDS):
        return judge("includes", actual, condition.value, condition, situation)
    return judge("is", actual, condition.value, condition, situation)


def _changed(condition: Condition, situation: Situation) -> bool:
    return bool(situation.previous(condition.field) != situation.value(condition.field))


def _changed_to(condition: Condition, situation: Situation) -> bool:
    actual = situation.value(condition.field)
    return _changed(condition, situation) and _is_value(condition, actual, situation)


def _changed_from(condition: Condition, situation: Situation) -> bool:
    before = situation.previous(condition.field)
    return _changed(condition, situation) and _is_value(condition, before, situation)


_CHANGES = {
    "changed": _changed,
    "not_changed": lambda c, s: not _changed(c, s),
    "value": _changed_to,
    "not_value": lambda c, s: not _changed_to(c, s),
    "value_previous": _changed_from,
    "not_value_previous": lambda c, s: not _changed_from(c, s),
}

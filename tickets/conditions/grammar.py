from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from core.text import storable
from tickets.conditions.custom import custom_fields, names_custom_fields
from tickets.conditions.registry import (
    CHANGE_OPERATORS,
    FIELDS,
    WITHOUT_VALUE,
    Field,
    Kind,
    Purpose,
    operators_of,
)
from tickets.errors import TicketError

LIMIT = 100  # conditions in one rule or view
DEPTH = 4  # groups within groups
WORDS_LENGTH = 1_000  # letters of the words one condition looks for
LARGEST = 10**15
LONGEST_HOURS = 24 * 366 * 20


def shown(value: Any) -> str:
    """A value that was sent, as sentences about it quote it."""
    return textwrap.shorten(storable(repr(value)), 60, placeholder="…")


class InvalidCondition(TicketError):
    """A condition that cannot be judged; the message says which and what would be right."""


@dataclass(frozen=True, slots=True)
class Condition:
    field: Field
    operator: str
    value: Any

    @property
    def is_about_change(self) -> bool:
        """Whether it asks what a submit did, not how the ticket stands."""
        return self.operator in CHANGE_OPERATORS or not self.field.path


@dataclass(frozen=True, slots=True)
class Conditions:
    """Every one of `all`, and at least one of `any` when there are any; both may hold groups."""

    all: tuple[Condition | Conditions, ...] = ()
    any: tuple[Condition | Conditions, ...] = ()

    def __iter__(self) -> Iterator[Condition]:
        """Every single condition, however deep it stands."""
        for node in (*self.all, *self.any):
            if isinstance(node, Conditions):
                yield from node
            else:
                yield node

    @property
    def is_empty(self) -> bool:
        return not (self.all or self.any)


def parse(
    raw: Any, purpose: Purpose = Purpose.VIEW, *, custom: Mapping[str, Field] | None = None
) -> Conditions:
    """Check conditions as they come from JSON. Raises InvalidCondition with a sentence.

    Two queries when a custom field is named, else none; none for who has the `custom` fields.
    """
    if custom is None and names_custom_fields(raw):
        custom = custom_fields()
    fields = {**FIELDS, **custom} if custom else FIELDS
    conditions = _parse_group(raw, fields, purpose, depth=0)
    if sum(1 for _ in conditions) > LIMIT:
        raise InvalidCondition(f"At most {LIMIT} conditions are allowed.")
    return conditions


def as_kept(raw: Any) -> dict[str, Any]:
    """Conditions that `parse` has let through, as a rule keeps them: nothing that came beside."""
    return {
        name: [_node_as_kept(item) for item in raw.get(name) or []]
        for name in ("all", "any")
        if name in raw
    }


def _node_as_kept(item: dict[str, Any]) -> dict[str, Any]:
    if "field" not in item:
        return as_kept(item)
    kept = {"field": str(item["field"]), "operator": str(item["operator"])}
    return (
        kept if kept["operator"] in WITHOUT_VALUE else {**kept, "value": _kept(item.get("value"))}
    )


def _kept(value: Any) -> Any:
    if isinstance(value, list):
        return [_kept(item) for item in value]
    return storable(value) if isinstance(value, str) else value


def _parse_group(raw: Any, fields: Mapping[str, Field], purpose: Purpose, depth: int) -> Conditions:
    if not isinstance(raw, dict):
        raise InvalidCondition('Conditions must look like {"all": […], "any": […]}.')
    if depth > DEPTH:
        raise InvalidCondition(f"Groups may be nested {DEPTH} deep at most.")
    lists = [raw.get(name) or [] for name in ("all", "any")]
    if not all(isinstance(items, list) for items in lists) or sum(map(len, lists)) > LIMIT:
        raise InvalidCondition(f"“all” and “any” are lists of at most {LIMIT} conditions.")
    every, some = (
        tuple(_parse_node(item, fields, purpose, depth) for item in items) for items in lists
    )
    return Conditions(all=every, any=some)


def _parse_node(
    item: Any, fields: Mapping[str, Field], purpose: Purpose, depth: int
) -> Condition | Conditions:
    if not isinstance(item, dict):
        raise InvalidCondition("A condition must be an object with field, operator and value.")
    if "field" not in item and ("all" in item or "any" in item):
        return _parse_group(item, fields, purpose, depth + 1)
    field = fields.get(str(item.get("field")))
    if field is None or not field.purposes & purpose:
        raise InvalidCondition(f"There is no field {shown(item.get('field'))} to filter on.")
    operator = str(item.get("operator"))
    allowed = operators_of(field, purpose)
    if operator not in allowed:
        raise InvalidCondition(
            f"{field.name} knows the operators {', '.join(allowed)}, not {shown(operator)}."
        )
    value = None if operator in WITHOUT_VALUE else _clean_value(field, operator, item.get("value"))
    return Condition(field, operator, value)


def _clean_value(field: Field, operator: str, value: Any) -> Any:
    if operator.startswith("within_"):
        return _whole_number(field, value, 36_600)
    match field.kind:
        case Kind.ORDERED | Kind.CHOICE:
            return _choice(field, value)
        case Kind.REFERENCE:
            if value in ("current_user", "current_groups", "", None):
                return value or None
            return _whole_number(field, value, LARGEST)
        case Kind.TAGS if field.choices:
            given = value if isinstance(value, list | tuple) else [value]
            return tuple(_choice(field, each) for each in given)
        case Kind.TAGS:
            return _words(field, value, "one or more tags")
        case Kind.FLAG:
            if value not in (True, False, "true", "false", "1", "0", 1, 0):
                raise InvalidCondition(f"{field.name} is true or false, not {shown(value)}.")
            return value in (True, "true", "1", 1)
        case Kind.NUMBER:
            return (
                _number(field, value) if field.custom_id else _whole_number(field, value, LARGEST)
            )
        case Kind.TEXT | Kind.SEARCH:
            return _text(field, value)
        case Kind.WORDS:
            is_phrase = operator in ("is", "is_not")
            return _text(field, value) if is_phrase else _words(field, value, "one or more words")
        case Kind.DATE:
            return _date(field, value)
        case Kind.HOURS:
            return _whole_number(field, value, LONGEST_HOURS)


def _choice(field: Field, value: Any) -> str:
    value = "" if value is None else value
    if value not in field.choices:
        allowed = ", ".join(choice or "(empty)" for choice in field.choices)
        raise InvalidCondition(f"{field.name} can be {allowed}, not {shown(value)}.")
    return str(value)


def _words(field: Field, value: Any, what: str) -> tuple[str, ...]:
    words = value.split() if isinstance(value, str) else value
    if not isinstance(words, list | tuple) or not all(isinstance(word, str) for word in words):
        raise InvalidCondition(f"{field.name} needs {what}.")
    clean = tuple(word for each in words if (word := storable(each).lower()).strip())
    if not clean or sum(map(len, clean)) > WORDS_LENGTH:
        raise InvalidCondition(f"{field.name} needs {what}, {WORDS_LENGTH} letters at most.")
    return clean


def _text(field: Field, value: Any) -> str:
    clean = storable(value).strip() if isinstance(value, str) else ""
    if not clean or len(clean) > WORDS_LENGTH:
        raise InvalidCondition(f"{field.name} needs a text of at most {WORDS_LENGTH} letters.")
    return clean


def _whole_number(field: Field, value: Any, largest: int) -> int:
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise InvalidCondition(f"{field.name} needs a whole number, not {shown(value)}.") from error
    if not 0 <= number <= largest:
        raise InvalidCondition(f"{field.name} needs a number from 0 to {largest:,}.")
    return number


def _number(field: Field, value: Any) -> Decimal:
    try:
        number = Decimal(str(value))
    except (InvalidOperation, ValueError) as error:
        raise InvalidCondition(f"{field.name} needs a number, not {shown(value)}.") from error
    if not number.is_finite() or abs(number) > LARGEST:
        raise InvalidCondition(f"{field.name} needs a number below {LARGEST:,}.")
    return number


def _date(field: Field, value: Any) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError as error:
        raise InvalidCondition(
            f"{field.name} needs a date such as 2026-11-21, not {shown(value)}."
        ) from error

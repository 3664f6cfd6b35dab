from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tickets.conditions.registry import FIELDS, OPERATORS, Field, Kind
from tickets.errors import TicketError

LIMIT = 100  # conditions in one rule or view


class InvalidCondition(TicketError):
    """A condition that cannot be judged; the message says which and what would be right."""


@dataclass(frozen=True, slots=True)
class Condition:
    field: Field
    operator: str
    value: Any


@dataclass(frozen=True, slots=True)
class Conditions:
    all: tuple[Condition, ...]
    any: tuple[Condition, ...]


def parse(raw: dict[str, Any]) -> Conditions:
    """Check conditions as they come from JSON. Raises InvalidCondition with a sentence."""
    if not isinstance(raw, dict):
        raise InvalidCondition('Conditions must look like {"all": […], "any": […]}.')
    lists = [raw.get(name) or [] for name in ("all", "any")]
    if sum(map(len, lists)) > LIMIT:
        raise InvalidCondition(f"At most {LIMIT} conditions are allowed.")
    every, some = (tuple(_parse_one(item) for item in items) for items in lists)
    return Conditions(all=every, any=some)


def _parse_one(item: Any) -> Condition:
    if not isinstance(item, dict):
        raise InvalidCondition("A condition must be an object with field, operator and value.")
    field = FIELDS.get(str(item.get("field")))
    if field is None:
        raise InvalidCondition(f"There is no field {item.get('field')!r} to filter on.")
    operator = str(item.get("operator"))
    if operator not in OPERATORS[field.kind]:
        allowed = ", ".join(OPERATORS[field.kind])
        raise InvalidCondition(f"{field.name} knows the operators {allowed}, not {operator!r}.")
    if operator in ("present", "not_present"):
        return Condition(field, operator, None)
    return Condition(field, operator, _clean_value(field, item.get("value")))


def _clean_value(field: Field, value: Any) -> Any:
    match field.kind:
        case Kind.ORDERED | Kind.CHOICE:
            if value not in field.choices:
                allowed = ", ".join(choice or "(empty)" for choice in field.choices)
                raise InvalidCondition(f"{field.name} can be {allowed}, not {value!r}.")
            return value
        case Kind.REFERENCE:
            if value in ("current_user", "current_groups", "", None):
                return value or None
            return _whole_number(field, value)
        case Kind.TAGS:
            tags = value.split() if isinstance(value, str) else value
            if not isinstance(tags, list) or not tags:
                raise InvalidCondition(f"{field.name} needs one or more tags.")
            return tuple(str(tag).lower() for tag in tags)
        case Kind.FLAG:
            return value in (True, "true", "1", 1)
        case Kind.HOURS:
            return _whole_number(field, value)


def _whole_number(field: Field, value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError) as error:
        raise InvalidCondition(f"{field.name} needs a whole number, not {value!r}.") from error

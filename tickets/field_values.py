"""A custom field's value, as people and programs write it: what is kept of it, or what is wrong."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.text import storable
from tickets.conditions.grammar import LARGEST
from tickets.errors import InvalidChange
from tickets.models import FieldType, TicketField
from tickets.patterns import BadPattern, fits

LONGEST_LINE, LONGEST_TEXT = 1_000, 65_536  # letters


def clean_value(field: TicketField, value: Any) -> Any:
    """The value to keep; None for an empty one. Raises InvalidChange naming the field."""
    if value in (None, "", []):
        return None
    try:
        return _clean(field, value)
    except (ValueError, ArithmeticError) as error:
        words = _("%(value)s is not a %(kind)s.") % {
            "value": f"“{str(value)[:60]}”", "kind": field.get_type_display()
        }  # fmt: skip
        raise InvalidChange(name_of(field), words) from error


def name_of(field: TicketField) -> str:
    """How errors and events call the field."""
    return f"custom_fields_{field.pk}"


def _clean(field: TicketField, value: Any) -> Any:
    match field.type:
        case FieldType.CHECKBOX:
            return value if isinstance(value, bool) else str(value).lower() in ("1", "true", "on")
        case FieldType.INTEGER:
            _bounded(value)
            return int(value)
        case FieldType.DECIMAL:
            return str(_bounded(value))
        case FieldType.DATE:
            return date.fromisoformat(str(value)).isoformat()
        case FieldType.MULTISELECT:
            return _chosen(field, value)
    text = storable(str(value))
    if field.type == FieldType.TAGGER:
        _require_option(field, text)
    if field.type == FieldType.REGEXP:
        _require_pattern(field, text)
    return text[:LONGEST_TEXT]


def _chosen(field: TicketField, value: Any) -> list[str] | None:
    """The chosen options in the field's order. Raises InvalidChange for one that is none."""
    chosen = [str(each) for each in (value if isinstance(value, list | tuple) else [value]) if each]
    for each in chosen:
        _require_option(field, each)
    return [option for option in field.options if option in chosen] or None


def _require_option(field: TicketField, text: str) -> None:
    if text not in field.options:
        words = _("%(value)s is not one of the options of %(field)s.")
        raise InvalidChange(name_of(field), words % {"value": f"“{text[:60]}”", "field": field})


def _require_pattern(field: TicketField, text: str) -> None:
    try:
        is_fitting = len(text) <= LONGEST_LINE and fits(field.pattern, text)
    except BadPattern:
        return  # it was checked when it was saved; a newer RE2 must not lock tickets
    if not is_fitting:
        words = field.description or _("This does not have the form that we expect.")
        raise InvalidChange(name_of(field), words)


def _bounded(value: Any) -> Decimal:
    """A number that the database can compare with others. Raises ValueError, ArithmeticError."""
    number = Decimal(str(value).strip())
    if not number.is_finite() or abs(number) >= LARGEST:
        raise ValueError
    return number

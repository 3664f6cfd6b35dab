"""Custom fields as fields of conditions: `custom_fields_<id>`, typed as the field is."""

from __future__ import annotations

from tickets.conditions.registry import Field, Kind
from tickets.models import FieldType, TicketField

PREFIX = "custom_fields_"

_KINDS = {
    FieldType.TEXT: Kind.TEXT,
    FieldType.TEXTAREA: Kind.WORDS,
    FieldType.INTEGER: Kind.NUMBER,
    FieldType.DECIMAL: Kind.NUMBER,
    FieldType.CHECKBOX: Kind.FLAG,
    FieldType.DATE: Kind.DATE,
    FieldType.TAGGER: Kind.CHOICE,
    FieldType.MULTISELECT: Kind.TAGS,
}


def custom_fields() -> dict[str, Field]:
    """One field for each active custom field, by name: one query."""
    rows = TicketField.objects.filter(is_active=True).order_by("position", "id")
    return {f"{PREFIX}{row.pk}": as_field(row) for row in rows}


def as_field(row: TicketField) -> Field:
    """A custom field as conditions know it; an empty choice stands for "no value"."""
    kind = _KINDS[FieldType(row.type)]
    return Field(
        name=f"{PREFIX}{row.pk}", kind=kind, path=str(row.pk), label=row.title,
        choices=_choices(kind, row), custom_id=str(row.pk),
        has_history=True,
    )  # fmt: skip


def _choices(kind: Kind, row: TicketField) -> tuple[str, ...]:
    match kind:
        case Kind.CHOICE:
            return ("", *row.options)
        case Kind.TAGS:
            return tuple(row.options)
    return ()

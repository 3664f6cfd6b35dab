"""Custom fields as fields of conditions, typed as they are: `custom_fields_<id>` of the ticket,
`requester.custom_fields.<key>` and `organization.custom_fields.<key>` of its people.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import FieldOwner, PersonField, PersonFieldType
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
    FieldType.REGEXP: Kind.TEXT,
}


_HOLDERS = {FieldOwner.PERSON: "requester", FieldOwner.ORGANIZATION: "organization"}
_OF_PEOPLE = {
    PersonFieldType.TEXT: Kind.TEXT,
    PersonFieldType.NUMBER: Kind.NUMBER,
    PersonFieldType.CHECKBOX: Kind.FLAG,
    PersonFieldType.DATE: Kind.DATE,
    PersonFieldType.CHOICE: Kind.CHOICE,
}


def custom_fields() -> dict[str, Field]:
    """One field for each active custom field, by name: two queries."""
    rows = TicketField.objects.filter(is_active=True).order_by("position", "id")
    people = PersonField.objects.filter(is_active=True).order_by("owner", "position", "id")
    found = [*map(as_field, rows), *map(as_field_of_people, people)]
    return {field.name: field for field in found}


def names_custom_fields(raw: object) -> bool:
    """Whether conditions, as they come from JSON, may name a custom field."""
    text = str(raw)
    return PREFIX in text or ".custom_fields." in text


def as_field_of_people(row: PersonField) -> Field:
    """A custom field of the requester, or of the ticket's organization."""
    holder, kind = _HOLDERS[FieldOwner(row.owner)], _OF_PEOPLE[PersonFieldType(row.type)]
    words = _("%(title)s (requester)") if holder == "requester" else _("%(title)s (organization)")
    return Field(
        name=f"{holder}.custom_fields.{row.key}", kind=kind, path=f"{holder}.custom_fields",
        label=words % {"title": row.title}, custom_id=row.key, holder=holder,
        choices=("", *row.options) if kind is Kind.CHOICE else (),
    )  # fmt: skip


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

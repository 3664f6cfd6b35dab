"""What somebody wrote into custom fields, read from a posted form and checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from tickets.errors import InvalidChange
from tickets.field_rules import Asked, Rule, asked
from tickets.field_values import clean_value
from tickets.models import FieldType, TicketField
from web.fields.inputs import PREFIX

_EMPTY: tuple[Any, ...] = (None, "", [], False)


@dataclass(frozen=True, slots=True)
class Answers:
    """By field id as text: `written` as it was sent, `values` as they are kept, `errors` in words.

    Fields that were not asked as the others stand have no value, whatever was sent for them.
    """

    written: dict[str, Any]
    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    ask: Asked = field(default_factory=lambda: Asked(frozenset(), frozenset()))


def read_answers(
    form: QueryDict,
    fields: Sequence[TicketField],
    rules: Sequence[Rule] = (),
    *,
    requires: bool = False,
) -> Answers:
    """Read `field_<id>` of each field. With `requires`, customers' required ones must be there."""
    written = {str(each.pk): written_in(form, each, f"{PREFIX}{each.pk}") for each in fields}
    ask = asked((each.pk for each in fields), rules, written)
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for each in fields:
        key = str(each.pk)
        if each.pk not in ask.shown:
            continue
        try:
            value = clean_value(each, written[key])
        except InvalidChange as error:
            errors[key] = str(error)
            continue
        if value not in _EMPTY:
            values[key] = value
        elif requires and (each.is_required_of_customers or each.pk in ask.required):
            errors[key] = _("Please fill this in.")
    return Answers(written, values, errors, ask)


def written_in(form: QueryDict, field: TicketField, name: str) -> Any:
    """A field's posted value: a list of several, a boolean of a checkbox, else a text."""
    if field.type == FieldType.MULTISELECT:
        return form.getlist(name)
    if field.type == FieldType.CHECKBOX:
        return form.get(name, "") in ("true", "on", "1")
    return form.get(name, "").strip()

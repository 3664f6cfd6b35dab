"""What a request form asks besides subject and message: the fields of the chosen ticket form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tickets.models import FieldType, TicketField, TicketForm
from tickets.selectors.forms import customer_fields, forms_for_customers

PREFIX = "field_"
_NEEDED = {"required": _("Please fill this in.")}


def chosen_form(values: QueryDict, offered: Sequence[TicketForm]) -> TicketForm | None:
    """The form that an address or a posted request names; the only one where there is one."""
    named = next((form for form in offered if str(form.pk) == values.get("form")), None)
    return named or (offered[0] if len(offered) == 1 else None)


def offered_forms() -> list[TicketForm]:
    return forms_for_customers()


def add_fields(form: forms.Form, chosen: TicketForm | None) -> list[TicketField]:
    """Put the fields into the form as `field_<id>`; returns them."""
    fields = customer_fields(chosen)
    for field in fields:
        made = _made(field)
        made.required = field.is_required_of_customers
        made.label, made.help_text = field.title, field.description
        made.error_messages = {**made.error_messages, **_NEEDED}
        made.widget.attrs.setdefault("class", _class_of(field))
        _describe(made, f"{PREFIX}{field.pk}")
        form.fields[f"{PREFIX}{field.pk}"] = made
    return fields


def values_of(form: forms.Form, fields: Sequence[TicketField]) -> dict[str, Any]:
    """Values by the fields' ids as TicketDraft takes them; empty ones are left out."""
    given = {str(field.pk): form.cleaned_data.get(f"{PREFIX}{field.pk}") for field in fields}
    empty: tuple[Any, ...] = (None, "", [], False)
    return {key: _plain(value) for key, value in given.items() if value not in empty}


def _class_of(field: TicketField) -> str:
    if field.has_options:
        return "select" if field.type == FieldType.TAGGER else ""
    if field.type == FieldType.CHECKBOX:
        return ""
    return "textarea" if field.type == FieldType.TEXTAREA else "input"


def _describe(made: forms.Field, name: str) -> None:
    if made.help_text:
        made.widget.attrs["aria-describedby"] = f"{name}-help"


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | list | int) else str(value)


def _made(field: TicketField) -> forms.Field:
    options = [(option, option) for option in field.options]
    text: dict[str, Any] = {"max_length": 10_000}
    match field.type:
        case FieldType.TAGGER:
            return forms.ChoiceField(choices=[("", "—"), *options])
        case FieldType.MULTISELECT:
            return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple)
        case FieldType.CHECKBOX:
            return forms.BooleanField()
        case FieldType.DATE:
            return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
        case FieldType.INTEGER:
            return forms.IntegerField()
        case FieldType.DECIMAL:
            return forms.DecimalField(max_digits=20, decimal_places=6)
        case FieldType.TEXTAREA:
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}), **text)
    return forms.CharField(**{**text, "max_length": 1_000})

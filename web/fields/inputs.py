"""Custom fields as something to fill in: the ticket page, new tickets and every request form."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tickets.field_rules import Rule
from tickets.models import FieldType, Ticket, TicketField
from tickets.selectors.forms import asked_of_agents, missing_fields

PREFIX = "field_"


@dataclass(frozen=True, slots=True)
class FieldInput:
    """One field with what stands in it. `condition` says in words when it is asked."""

    field: TicketField
    value: Any = None
    error: str = ""
    is_required: bool = False
    is_needed_to_solve: bool = False
    is_missing: bool = False
    is_disabled: bool = False
    condition: str = ""
    name: str = ""
    html_id: str = ""

    @property
    def is_text(self) -> bool:
        return self.field.type in (FieldType.TEXT, FieldType.REGEXP)

    @property
    def is_number(self) -> bool:
        return self.field.type in (FieldType.INTEGER, FieldType.DECIMAL)

    @property
    def is_group(self) -> bool:
        """Whether it is made of several boxes, which a label cannot be tied to."""
        return self.field.type == FieldType.MULTISELECT

    @property
    def described_by(self) -> str:
        return f"{self.html_id}-{'error' if self.error else 'help'}"


@dataclass(frozen=True, slots=True)
class Questions:
    """The fields of a form as it is filled in; `rules_json` is what `<field-rules>` reads."""

    inputs: list[FieldInput]
    rules_json: str = "[]"


def panel_inputs(
    ticket: Ticket, fields: Sequence[TicketField], *, is_open_to_changes: bool
) -> list[FieldInput]:
    """Those of the fields that are asked on this ticket as it stands; each is saved alone."""
    values = ticket.custom_fields
    ask = asked_of_agents(ticket.form_id, fields, values)
    missing = {field.pk for field in missing_fields(ticket.form_id, fields, values)}
    return [
        FieldInput(
            field=field, value=values.get(str(field.pk)), is_missing=field.pk in missing,
            is_needed_to_solve=field.is_required_to_solve or field.pk in ask.required,
            is_disabled=not is_open_to_changes, name="value", html_id=f"p-field-{field.pk}",
        )
        for field in fields if field.pk in ask.shown
    ]  # fmt: skip


def form_inputs(
    fields: Sequence[TicketField],
    rules: Sequence[Rule],
    *,
    values: dict[str, Any],
    errors: dict[str, str],
    required: Collection[int] = (),
    needed_to_solve: Collection[int] = (),
) -> Questions:
    """The fields of a form that is sent as a whole, with what was written and refused."""
    titles = {field.pk: field.title for field in fields}
    inputs = [
        FieldInput(
            field=field, value=values.get(str(field.pk)), error=errors.get(str(field.pk), ""),
            is_required=field.pk in required, is_needed_to_solve=field.pk in needed_to_solve,
            condition=_words(field, rules, titles), name=f"{PREFIX}{field.pk}",
            html_id=f"{PREFIX}{field.pk}",
        )
        for field in fields
    ]  # fmt: skip
    return Questions(inputs, _as_json(rules, titles))


def _words(field: TicketField, rules: Sequence[Rule], titles: dict[int, str]) -> str:
    """For pages without scripts, where every field stands open."""
    cases = [
        _("“%(field)s” is “%(value)s”")
        % {"field": titles[rule.parent], "value": _spoken(rule.value)}
        for rule in rules
        if rule.child == field.pk and rule.parent in titles
    ]
    return _("Only if %(cases)s.") % {"cases": _(" or ").join(cases)} if cases else ""


def _spoken(value: str) -> str:
    return {"true": _("yes"), "false": _("no")}.get(value, value)


def _as_json(rules: Sequence[Rule], titles: dict[int, str]) -> str:
    return json.dumps(
        [
            {"parent": r.parent, "value": r.value, "child": r.child, "required": r.is_required}
            for r in rules
            if r.parent in titles and r.child in titles
        ]
    )

"""The conditions of a ticket form as rows of its page: lists side by side in what is posted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from tickets.actions import ConditionDraft
from tickets.models import Audience, FieldType, TicketField, TicketForm
from web.agent.numbers import as_id


@dataclass(frozen=True, slots=True)
class Row:
    """`when` is `<field>:<value>`, as the list of choices has it."""

    when: str
    ask: str
    audience: str = Audience.EVERYBODY
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """What a row chooses among: `when` by field, each (`<field>:<value>`, words)."""

    when: list[tuple[TicketField, list[tuple[str, str]]]]
    ask: list[TicketField]
    audiences: Sequence[tuple[str, Any]] = tuple(Audience.choices)


def choices_of(fields: Sequence[TicketField]) -> Choices:
    when = [(field, _values(field)) for field in fields]
    return Choices([(field, values) for field, values in when if values], list(fields))


def rows_of(form: TicketForm | None) -> list[Row]:
    """The rows as they are stored."""
    if form is None:
        return []
    return [
        Row(f"{c.parent_id}:{c.value}", str(c.child_id), c.audience, c.is_required)
        for c in form.conditions.order_by("parent__position", "id")
    ]


def rows_from(post: QueryDict) -> list[Row]:
    """The rows as they were sent; empty ones are left out."""
    lists = [post.getlist(name) for name in ("when", "ask", "audience", "must")]
    rows = (
        Row(when, ask, audience, must == "1")
        for when, ask, audience, must in zip_longest(*lists, fillvalue="")
    )
    return [row for row in rows if row.when or row.ask]


def drafts_of(rows: Sequence[Row]) -> list[ConditionDraft]:
    """What is to be saved; a row that is half empty names no field, which the action refuses."""
    drafts = []
    for row in rows:
        parent, _colon, value = row.when.partition(":")
        drafts.append(
            ConditionDraft(
                as_id(parent) or 0, value, as_id(row.ask) or 0, row.is_required, row.audience
            )
        )
    return drafts


def _values(field: TicketField) -> list[tuple[str, str]]:
    if field.type == FieldType.CHECKBOX:
        return [(f"{field.pk}:true", _("is ticked")), (f"{field.pk}:false", _("is not ticked"))]
    return [(f"{field.pk}:{option}", option) for option in field.options]

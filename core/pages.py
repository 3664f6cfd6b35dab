"""Keyset pages: constant cost however far a reader goes, and no row twice while others write."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db import models
from django.db.models import F, Q

Row = TypeVar("Row", bound=models.Model)


class BadCursor(ValueError):
    """A cursor that this list did not give out."""


@dataclass(frozen=True, slots=True)
class Keyset:
    """The order of a list: one column, ties broken by the primary key in the same direction.

    Rows without a value in the column come last in both directions. `lead` is a column or
    annotation that orders before it, such as the heading a row stands under; it is never NULL.
    """

    column: str
    is_descending: bool = True
    lead: str = ""
    lead_descending: bool = False


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """A page of rows; a cursor is None where there is nothing more that way."""

    rows: list[Row]
    next_cursor: str | None
    previous_cursor: str | None


def keyset_page(
    queryset: models.QuerySet[Row], keyset: Keyset, *, cursor: str = "", size: int = 50
) -> Page[Row]:
    """The page after (or, for a `previous_cursor`, before) a cursor. Raises BadCursor."""
    goes_back, position = _read(cursor) if cursor else (False, None)
    descending = keyset.is_descending != goes_back
    if position is not None:
        beyond = _beyond(keyset, position[:2], queryset.model, goes_back)
        queryset = queryset.filter(_beyond_lead(keyset, position[2], beyond, goes_back))
    order = F(keyset.column)
    if keyset.column in ("id", "pk"):
        ordering = [order.desc() if descending else order.asc()]
    else:
        nullable = _is_nullable(keyset, queryset.model)
        by_value = (
            order.desc(nulls_last=True if nullable and not goes_back else None)
            if descending
            else order.asc(nulls_first=True if nullable and goes_back else None)
        )
        ordering = [by_value, F("id").desc() if descending else F("id").asc()]
    if keyset.lead:
        lead = F(keyset.lead)
        ordering.insert(0, lead.desc() if keyset.lead_descending != goes_back else lead.asc())
    rows = list(queryset.order_by(*ordering)[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    if goes_back:
        rows.reverse()
    has_next = more if not goes_back else True
    has_previous = (position is not None) if not goes_back else more
    return Page(
        rows=rows,
        next_cursor=cursor_at(keyset, rows[-1]) if rows and has_next else None,
        previous_cursor=(
            cursor_at(keyset, rows[0], goes_back=True) if rows and has_previous else None
        ),
    )


def before(keyset: Keyset, row: models.Model) -> Q:
    """What stands before a row in this order; the row has the `lead` when there is one."""
    value = None if keyset.column in ("id", "pk") else getattr(row, keyset.column)
    beyond = _beyond(keyset, (value, row.pk), type(row), goes_back=True)
    lead = getattr(row, keyset.lead) if keyset.lead else None
    return _beyond_lead(keyset, lead, beyond, goes_back=True)


def _beyond(
    keyset: Keyset, position: tuple[Any, int], model: type[models.Model], goes_back: bool
) -> Q:
    value, pk = position
    sign = "lt" if keyset.is_descending != goes_back else "gt"
    if keyset.column in ("id", "pk"):
        return Q(**{f"id__{sign}": pk})
    column = keyset.column
    if value is None:
        same = Q(**{f"{column}__isnull": True, f"id__{sign}": pk})
        return same | Q(**{f"{column}__isnull": False}) if goes_back else same
    # "Up to the value" stands apart, so that an index begins there instead of at the first row.
    later = Q(**{f"{column}__{sign}": value}) | Q(**{f"id__{sign}": pk})
    beyond = Q(**{f"{column}__{sign}e": value}) & later
    if goes_back or not _is_nullable(keyset, model):
        return beyond
    return beyond | Q(**{f"{column}__isnull": True})


def _is_nullable(keyset: Keyset, model: type[models.Model]) -> bool:
    return bool(model._meta.get_field(keyset.column).null)


def _beyond_lead(keyset: Keyset, value: Any, beyond: Q, goes_back: bool) -> Q:
    if not keyset.lead:
        return beyond
    if value is None:
        raise BadCursor("This page marker belongs to another order. Start from the first page.")
    sign = "lt" if keyset.lead_descending != goes_back else "gt"
    return Q(**{f"{keyset.lead}__{sign}": value}) | (Q(**{keyset.lead: value}) & beyond)


def cursor_at(keyset: Keyset, row: models.Model, *, goes_back: bool = False) -> str:
    """The marker of the page that begins after a row, or ends before it."""
    value = None if keyset.column in ("id", "pk") else getattr(row, keyset.column)
    if isinstance(value, datetime):
        value = {"at": value.isoformat()}
    parts = [int(goes_back), value, row.pk]
    if keyset.lead:
        parts.append(getattr(row, keyset.lead))
    packed = json.dumps(parts, separators=(",", ":"))
    return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[bool, tuple[Any, int, Any]]:
    try:
        packed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        goes_back, value, pk, *rest = json.loads(packed)
        if isinstance(value, dict):
            value = datetime.fromisoformat(value["at"])
        lead = rest[0] if rest and isinstance(rest[0], str | int) else None
        return bool(goes_back), (value, int(pk), lead)
    except (binascii.Error, ValueError, KeyError, TypeError) as error:
        raise BadCursor(
            "This page marker is not valid. Start again from the first page."
        ) from error

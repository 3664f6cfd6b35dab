"""The order of a list, as its address says it."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.http import QueryDict

from tickets.models import View
from tickets.selectors.view_orders import (
    ListOrder,
    UnknownOrder,
    next_order,
    order_from,
    shown_order,
)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: where a click leads (empty: nowhere), and how it is ordered now."""

    name: str
    title: str
    address: str
    is_ordered: bool
    aria: str


def order_in(values: QueryDict) -> ListOrder:
    """Raises BadRequest for an order that is in no allowlist (attack 30)."""
    try:
        return order_from(values.get("sort", ""), values.get("order", ""))
    except UnknownOrder as error:
        raise BadRequest(str(error)) from error


def heads_of(view: View, order: ListOrder, columns: list[tuple[str, str]]) -> list[Head]:
    shown = shown_order(view, order)
    heads = []
    for name, title in columns:
        is_ordered = shown.column == name
        aria = ("descending" if shown.is_descending else "ascending") if is_ordered else ""
        following = next_order(view, order, name)
        address = "" if following is None else (following.query or "?")
        heads.append(Head(name, title, address, is_ordered, aria))
    return heads

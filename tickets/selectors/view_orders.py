"""A view in another order than its own, as a reader asks for by the head of a column."""

from __future__ import annotations

import copy
from dataclasses import dataclass

from tickets.models import View
from tickets.view_columns import GROUPINGS, SORTS

# Columns that are ordered by the place of their value (urgent before low), not by the column.
_NEWEST_FIRST = ("updated", "created", "updated_requester", "updated_assignee", "assigned",
                 "solved", "nice_id", "priority")  # fmt: skip


class UnknownOrder(ValueError):
    """An order that no table has."""


@dataclass(frozen=True, slots=True)
class ListOrder:
    """By which column, and whether the largest comes first; empty for the view's own order."""

    column: str = ""
    is_descending: bool = False

    @property
    def query(self) -> str:
        """How it stands in an address, with the question mark; empty for the view's own."""
        if not self.column:
            return ""
        return f"?sort={self.column}&order={'desc' if self.is_descending else 'asc'}"


def order_from(column: str, direction: str) -> ListOrder:
    """The order that an address names. Raises UnknownOrder for what is in no allowlist."""
    if not column:
        return ListOrder()
    if column not in SORTS and column not in GROUPINGS or direction not in ("", "asc", "desc"):
        raise UnknownOrder(f"Tickets cannot be ordered by {column[:40]!r}.")
    is_descending = direction == "desc" if direction else column in _NEWEST_FIRST
    return ListOrder(column, is_descending)


def ordered(view: View, order: ListOrder) -> View:
    """The view in that order, never saved. Headings stay where they can stand."""
    if not order.column:
        return view
    made, direction = copy.copy(view), "desc" if order.is_descending else "asc"
    if order.column in SORTS:
        made.sort_by, made.sort_order = order.column, direction
    else:
        made.group_by, made.group_order = order.column, direction
    return made


def next_order(view: View, order: ListOrder, column: str) -> ListOrder | None:
    """What a click on the column's head asks for; None where a table cannot be ordered by it.

    Its usual direction first, then the other one, then the view's own order again.
    """
    if column not in SORTS and column not in GROUPINGS:
        return None
    usual = column in _NEWEST_FIRST
    if order.column != column:
        return ListOrder(column, usual)
    return ListOrder(column, not usual) if order.is_descending == usual else ListOrder()


def shown_order(view: View, order: ListOrder) -> ListOrder:
    """By what the table is ordered now, whoever asked for it; headings aside."""
    return order if order.column else ListOrder(view.sort_by, view.sort_order == "desc")

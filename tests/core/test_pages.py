"""Keyset pages: forth and back, through ties and missing values."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.pages import BadCursor, Keyset, keyset_page
from tickets.models import Ticket

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def tickets(make_ticket):
    """Twelve: four instants thrice, of which three have no value at all."""
    made = [make_ticket() for _ in range(12)]
    for number, ticket in enumerate(made):
        at = NOW + timedelta(hours=number % 4) if number % 4 else None
        Ticket.objects.filter(pk=ticket.pk).update(requester_updated_at=at)
    return list(Ticket.objects.all())


def walk(keyset, size):
    pages, cursor = [], ""
    while cursor is not None:
        page = keyset_page(Ticket.objects.all(), keyset, cursor=cursor, size=size)
        pages.append(page)
        cursor = page.next_cursor
    return pages


@pytest.mark.parametrize("size", [1, 2, 3, 5, 12, 50])
@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("column", ["id", "requester_updated_at", "created_at"])
def test_forth_and_back_show_every_row_once_in_order(tickets, column, descending, size):
    keyset = Keyset(column, is_descending=descending)
    pages = walk(keyset, size)
    forth = [row.pk for page in pages for row in page.rows]
    assert sorted(forth) == sorted(ticket.pk for ticket in tickets)
    values = [getattr(row, column) for page in pages for row in page.rows]
    known = [value for value in values if value is not None]
    assert known == sorted(known, reverse=descending)
    assert values == known + [None] * (len(values) - len(known))
    assert pages[0].previous_cursor is None
    back, cursor = list(pages[-1].rows), pages[-1].previous_cursor
    while cursor is not None:
        page = keyset_page(Ticket.objects.all(), keyset, cursor=cursor, size=size)
        back = page.rows + back
        cursor = page.previous_cursor
    assert [row.pk for row in back] == forth


def test_rows_that_come_meanwhile_are_not_shown_twice(tickets, make_ticket):
    keyset = Keyset("id", is_descending=True)
    first = keyset_page(Ticket.objects.all(), keyset, size=5)
    make_ticket()
    second = keyset_page(Ticket.objects.all(), keyset, cursor=first.next_cursor, size=5)
    assert not {row.pk for row in first.rows} & {row.pk for row in second.rows}


@pytest.mark.parametrize(
    "cursor", ["x", "eyJhIjoxfQ", "WzAsbnVsbF0", "💥", "WzAsIm5vIGRhdGUiLCJ4Il0", "AAAA", "%%%"]
)
def test_foreign_cursors_are_refused(db, cursor):
    with pytest.raises(BadCursor):
        keyset_page(Ticket.objects.all(), Keyset("updated_at"), cursor=cursor)

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.spreadsheets import Sheet, csv_lines, inert


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+49 30 123", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1+1",
        '=HYPERLINK("http://evil.example","x")',
    ],
)  # fmt: skip
def test_text_that_a_spreadsheet_would_run_is_made_inert(text: str) -> None:
    assert inert(text) == f"'{text}"


@pytest.mark.parametrize("value", ["Support", "a=b", "", "'=1", -5, -1.5, None, 0])
def test_harmless_values_and_numbers_stay_as_they_are(value: object) -> None:
    assert inert(value) == value


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), min_size=1))
def test_every_text_comes_back_from_the_file_and_none_is_live(cells: list[str]) -> None:
    text = "".join(csv_lines(Sheet("t", ["head"] * len(cells), [cells])))
    header, row = read(text)
    assert header == ["head"] * len(cells)
    for cell, found in zip(cells, row, strict=True):
        assert found in (cell, f"'{cell}")
        assert not found.lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_the_file_begins_with_a_byte_order_mark() -> None:
    assert "".join(csv_lines(Sheet("t", ["A", "B"], [[1, "é"]]))) == "\ufeffA,B\r\n1,é\r\n"

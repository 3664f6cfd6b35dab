"""Tables as CSV for people's spreadsheets: UTF-8 with a byte order mark, and no live formulas."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

_BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as the machine's old code page
# What makes a cell a formula somewhere (attack 21; OWASP "CSV Injection"), also in full width.
_LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to download; `name` becomes the file's."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Any]]


def inert(value: Any) -> Any:
    """Text that a spreadsheet would run gets an apostrophe in front; numbers stay numbers."""
    if isinstance(value, str) and value.lstrip(" \u00a0").startswith(_LIVE):
        return f"'{value}"
    return value


class _Echo:
    """A file whose `write` hands its text back, so that rows need not be collected."""

    def write(self, text: str) -> str:
        return text


def csv_lines(sheet: Sheet) -> Iterator[str]:
    """The sheet line by line, for a streamed answer."""
    writer = csv.writer(_Echo())
    yield _BYTE_ORDER_MARK + writer.writerow([inert(title) for title in sheet.header])
    for row in sheet.rows:
        yield writer.writerow([inert(value) for value in row])

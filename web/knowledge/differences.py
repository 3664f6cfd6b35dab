"""Two texts side by side, as people read changes."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

_AROUND = 1  # unchanged lines shown beside a change
_LINES = 400  # of one text that are compared


@dataclass(frozen=True, slots=True)
class Line:
    """`kind`: "added", "removed", "same", or "gap" for lines left out."""

    kind: str
    text: str


def changed_lines(before: str, after: str) -> list[Line]:
    """The lines that differ, with their neighbours."""
    old, new = before.splitlines()[:_LINES], after.splitlines()[:_LINES]
    lines: list[Line] = []
    for row in difflib.unified_diff(old, new, lineterm="", n=_AROUND):
        if row.startswith(("---", "+++")):
            continue
        if row.startswith("@@"):
            if lines:
                lines.append(Line("gap", ""))
            continue
        kind = {"+": "added", "-": "removed"}.get(row[0], "same")
        lines.append(Line(kind, row[1:]))
    return [line for line in lines if line.text.strip() or line.kind == "gap"]

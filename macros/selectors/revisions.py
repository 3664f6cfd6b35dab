"""What was changed in a rule, by whom: the revisions beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from macros.models import RuleKind, RuleRevision

LIMIT = 100  # revisions shown


@dataclass(frozen=True, slots=True)
class Revision:
    """`changed` are the parts that differ from the revision before; empty for the first."""

    row: RuleRevision
    changed: list[str]
    is_current: bool


def revisions_of(kind: RuleKind, rule_id: int) -> list[Revision]:
    """The latest revisions, newest first."""
    rows = list(
        RuleRevision.objects.filter(kind=kind, rule_id=rule_id)
        .select_related("author")
        .order_by("-number")[: LIMIT + 1]
    )
    before: Sequence[RuleRevision | None] = [*rows[1:], None]
    pairs = list(zip(rows, before, strict=True))[:LIMIT]
    return [
        Revision(row, _changed(old.definition, row.definition) if old else [], number == 0)
        for number, (row, old) in enumerate(pairs)
    ]


def _changed(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    return sorted(name for name in {*old, *new} if old.get(name) != new.get(name))

"""The macros that a composer's form names."""

from __future__ import annotations

from collections.abc import Sequence

from macros.actions import AppliedMacro
from macros.macro_plans import STACK_LIMIT
from web.agent.numbers import as_id


def applied_in(values: Sequence[str]) -> list[AppliedMacro]:
    """`id:revision` each, as the composer's form names its macros; what is no such pair is none."""
    found = []
    for value in values[:STACK_LIMIT]:
        macro_id, _colon, revision = value.partition(":")
        pk, number = as_id(macro_id), as_id(revision)
        if pk is not None and number is not None:
            found.append(AppliedMacro(pk, number))
    return found

"""Mistakes in the texts of rules, in sentences for their editors."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from core import liquid


def text_problems(effects: Sequence[Mapping[str, Any]], *, known: Collection[str]) -> list[str]:
    """What is wrong with the placeholders in a rule's texts; `known` are those there are."""
    return [problem for text in texts_of(effects) for problem in liquid.problems(text, known=known)]


def texts_of(effects: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The texts with placeholders of a rule."""
    for effect in effects:
        value = effect.get("value")
        if effect.get("field") == "subject" and isinstance(value, str):
            yield value
        if isinstance(value, Mapping):
            for name in ("text", "subject", "body"):
                if isinstance(value.get(name), str):
                    yield value[name]

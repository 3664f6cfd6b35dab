"""Texts from outside, made fit to be kept."""

from __future__ import annotations

import re

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """Without NUL and lone surrogates, which JSON can bring and no column can hold."""
    return _UNSTORABLE.sub("", text)

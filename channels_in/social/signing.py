"""The initials that a public answer ends in, so that people see whom they talk to: ^SB."""

from __future__ import annotations

import re
from collections.abc import Callable

_SIGNED = re.compile(r"\^\w{1,4}\s*$")


def initials(name: str) -> str:
    """The first letters of the first and the last name; empty for a name without letters."""
    words = [word for word in re.split(r"[\s\-_.]+", name) if word[:1].isalpha()]
    chosen = words[:1] + words[1:][-1:]
    return "".join(word[0].upper() for word in chosen)


def signed(text: str, name: str, *, limit: int | None, counts: Callable[[str], int]) -> str:
    """The text with the writer's initials, unless it has some, or no room for them."""
    mark = initials(name)
    if not mark or not text.strip() or _SIGNED.search(text):
        return text
    longer = f"{text.rstrip()} ^{mark}"
    return text if limit is not None and counts(longer) > limit else longer

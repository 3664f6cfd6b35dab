"""Found words in <mark>."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

LONGEST_LIST = 20  # words of a query that are marked


def words_in(text: str) -> list[str]:
    """The words to mark, the longest first; those that were excluded (`-word`) do not occur."""
    found = [word for word in re.findall(r"(?<!\S)-\S+|\w+", text) if not word.startswith("-")]
    return sorted({word for word in found if len(word) > 1}, key=len, reverse=True)[:LONGEST_LIST]


def marked(text: str, words: Sequence[str]) -> SafeString:
    """Text with the words in <mark>; everything is escaped, piece by piece."""
    if not words:
        return escape(text)
    pattern = re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
    parts, at = [], 0
    for match in pattern.finditer(text):
        parts += [escape(text[at : match.start()]), f"<mark>{escape(match.group())}</mark>"]
        at = match.end()
    return mark_safe("".join([*parts, escape(text[at:])]))  # noqa: S308  escaped piece by piece

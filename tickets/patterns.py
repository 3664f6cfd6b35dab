"""Patterns that people write for a field, tried in time that grows with the text and nothing else.

RE2 (google-re2) has neither look-around nor back-references, the two things that make a regular
expression explode (attack 51); patterns that use them are refused when they are saved. Its memory
for one pattern is bounded too.
"""

from __future__ import annotations

from functools import lru_cache

import re2

LONGEST = 500  # letters of a pattern
_MEMORY = 1 << 20


class BadPattern(Exception):
    """RE2 cannot read this pattern; the sentence says why."""


def check_pattern(pattern: str) -> None:
    """Raise BadPattern for what is too long or cannot be read."""
    if len(pattern) > LONGEST:
        raise BadPattern(f"longer than {LONGEST} letters")
    _compiled(pattern)


def fits(pattern: str, text: str) -> bool:
    """Whether the pattern is found in the text, as Zendesk looks; `^` and `$` tie it down."""
    return _compiled(pattern).search(text) is not None


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re2._Regexp:
    options = re2.Options()
    options.max_mem, options.log_errors = _MEMORY, False
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0] if error.args else error
        words = reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)
        raise BadPattern(words) from error

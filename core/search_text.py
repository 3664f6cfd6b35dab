"""Making words of text for PostgreSQL's full-text search, also where writing has no spaces.

The parser takes a run of Chinese, Japanese, Thai … as one word. Such runs are cut into overlapping
pairs (bigrams), in documents and in queries alike; that is what Lucene's CJK analyser does as well.
"""

from __future__ import annotations

import re
import unicodedata

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0002fa1f]+"
)
# Signs that end a word: with "/" and ":" in place, PostgreSQL takes a whole URL for one.
_ENDS = str.maketrans({"\x00": " ", "/": " ", ":": " "})
_SIGNS = "_@.+-"


def searchable(text: str) -> str:
    """Text as it is given to to_tsvector: URLs as their words, unspaced scripts as pairs."""
    return _UNSPACED.sub(lambda run: f" {_pairs(run.group())} ", text.translate(_ENDS))


def _pairs(run: str) -> str:
    if len(run) < 2:
        return run
    return " ".join(run[i : i + 2] for i in range(len(run) - 1))


def as_tsquery(text: str) -> str:
    """A tsquery in PostgreSQL's syntax: all words, "phrases", `-word` left out, prefix on the last.

    Only letters, digits and a few signs reach the database, each word quoted: there is no syntax to
    inject (attack 31). Empty when there is nothing to look for.
    """
    parts: list[str] = []
    pieces = re.findall(r'-?"[^"]*"|\S+', text[:500])
    for index, piece in enumerate(pieces):
        is_excluded = piece.startswith("-") and len(piece) > 1
        is_phrase = piece.lstrip("-").startswith('"')
        words = [word for word in _words(piece.lstrip("-").strip('"')) if word]
        if not words:
            continue
        is_last = index == len(pieces) - 1 and not is_phrase and not text.endswith(" ")
        quoted = [f"'{word}'" for word in words]
        if is_last:
            quoted[-1] += ":*"
        term = f"({(' <-> ' if is_phrase else ' & ').join(quoted)})"
        parts.append(f"!{term}" if is_excluded else term)
    return " & ".join(parts[:20])


def _words(piece: str) -> list[str]:
    letters = (letter if _is_of_word(letter) else " " for letter in searchable(piece))
    return [word.strip(".+-") for word in "".join(letters).split()]


def _is_of_word(letter: str) -> bool:
    # Vowel signs of Thai, Hindi, Arabic … are marks, not letters, and belong to their word.
    return letter.isalnum() or letter in _SIGNS or unicodedata.category(letter).startswith("M")

"""Reading a text: folded words, sentences, and where they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from tickets.reply_check.reply import Span

_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?](?=\S)[^.!?\n]*)*[.!?]*")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Lower case, without accents: “Jiménez” and “jimenez” are one."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def words_of(text: str) -> list[str]:
    """Folded words of letters."""
    return [folded(match.group()) for match in _WORD.finditer(text)]


def own_lines(text: str) -> str:
    """The text with quoted lines blanked out; positions stay."""
    return re.sub(r"(?m)^>.*$", lambda match: " " * len(match.group()), text)


def sentences_of(text: str) -> Iterator[tuple[str, Span]]:
    """Sentences and where they stand; a line's end ends one, a dot inside a word does not."""
    for match in _SENTENCE.finditer(text):
        sentence = match.group().strip()
        if sentence:
            start = match.start() + match.group().index(sentence)
            yield sentence, Span(start, start + len(sentence))


def span_of(match: re.Match[str], group: int | str = 0) -> Span:
    return Span(match.start(group), match.end(group))


def shortened(text: str, length: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"

"""A post, read once: folded words that know how they were written, and what else is in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

LONGEST = 4_000  # characters that are read; no network's posts are longer by much

_TOKEN = re.compile(
    r"(?P<link>(?:https?://|www\.)\S+|\bt\.me/\S+)"
    r"|(?P<name>@[\w.@-]*[\w])"
    r"|(?P<tag>#\w+)"
    r"|(?P<word>[\w$€£%+]+(?:['’][\w]+)*)"
    r"|(?P<mark>[?!]+|[.…:;]+)"
    r"|(?P<sign>[\U0001F000-\U0001FAFF\u2600-\u27BF\u2B50❤])"
)
_ENDINGS = re.compile(r"['’](?=(?:t|s|re|ve|ll|m|d)$)")
_QUOTED = re.compile(r"[\"“„«]([^\"”“»]{2,200})[\"”“»]")


@dataclass(slots=True)
class Reading:
    """`folded` holds words and marks, one blank between two; `where` maps it to `written`."""

    folded: str = ""
    written: list[str] = field(default_factory=list)
    where: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    signs: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    links: int = 0
    asks: bool = False
    exclaims: int = 0
    begins_with_name: str = ""
    has_quotation: bool = False

    def excerpt(self, start: int, end: int) -> str:
        """What was written where `folded` has these positions."""
        words = [
            word
            for word, at in zip(self.written, self.where, strict=True)
            if at < end and at + max(len(word), 1) > start
        ]
        return " ".join(words)[:80]


def read(text: str) -> Reading:
    """Read a post. Time and memory grow with its length only, which is bounded."""
    text = text[:LONGEST]
    reading = Reading(has_quotation=_QUOTED.search(text) is not None)
    parts: list[str] = []
    position = 0
    for kind, token in _tokens(text):
        if kind == "link":
            reading.links += 1
            continue
        if kind == "name":
            if not reading.written and not reading.names:
                reading.begins_with_name = token[1:].casefold()
            reading.names.append(token[1:].casefold())
            continue
        if kind == "sign":
            reading.signs.append(token)
            continue
        if kind == "tag":
            reading.tags.append(fold(token[1:]))
            token = token[1:]
        if kind == "mark":
            reading.asks |= "?" in token
            reading.exclaims += token.count("!")
        for piece in _pieces(token, kind):
            reading.where.append(position)
            reading.written.append(token)
            parts.append(piece)
            position += len(piece) + 1
            if kind == "word":
                reading.words.append(piece)
    reading.folded = " ".join(parts)
    return reading


def fold(text: str) -> str:
    """Lower case without accents: “Größe” is “grosse”."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(text):
        yield match.lastgroup or "", match.group()


def _pieces(token: str, kind: str) -> list[str]:
    """“don't” is one word, “l'adresse” two; a mark is its first sign."""
    if kind == "mark":
        return ["?"] if "?" in token else [token[0]]
    whole = _ENDINGS.sub("", fold(token))
    return [piece for piece in re.split(r"['’]", whole) if piece]

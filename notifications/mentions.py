"""Whom a text mentions: marks that the composer made, and names after "@" that people typed.

Pure: names are handed in. A name that several people have mentions all of them, since a mention
must not be lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

MOST = 50  # people one text can mention
_LONGEST_NAME = 6  # words
_MARK = re.compile(r'<span [^>]*\bdata-mention="([1-9][0-9]{0,17})"')
# Not within an address or a path: bob@example.com, https://x.example/@bob
_AT = re.compile(r"(?<![\w.@/+-])@(?=\w)")
_WORD = re.compile(r"[\w][\w.'’-]*")

Names = Mapping[str, frozenset[int]]


def marked(html: str) -> list[int]:
    """Ids in sanitised html, in order, each once."""
    if "data-mention" not in html:
        return []
    return list(dict.fromkeys(int(found) for found in _MARK.findall(html)))[:MOST]


def may_mention(text: str) -> bool:
    """Whether looking for names is worth it."""
    return bool(_AT.search(text))


def names_of(people: Iterable[tuple[int, str, str | None]]) -> dict[str, frozenset[int]]:
    """(id, name, address) of each → what they can be called: whole name, first name, the part
    before the "@" of the address; all in one case.
    """
    found: dict[str, set[int]] = {}
    for pk, name, email in people:
        words = name.casefold().split()
        called = {" ".join(words), "".join(words), words[0] if words else ""}
        called.add((email or "").partition("@")[0].casefold())
        for each in called - {""}:
            found.setdefault(each, set()).add(pk)
    return {name: frozenset(ids) for name, ids in found.items()}


def named(text: str, names: Names) -> list[int]:
    """Ids of the people whose names stand after an "@", the longest name that fits each time."""
    found: dict[int, None] = {}
    for at in _AT.finditer(text):
        for pk in sorted(_longest(text[at.end() : at.end() + 200], names)):
            found[pk] = None
            if len(found) >= MOST:
                return list(found)
    return list(found)


def _longest(text: str, names: Names) -> frozenset[int]:
    line = text.split("\n", 1)[0].casefold()
    words: list[str] = []
    best: frozenset[int] = frozenset()
    for position, word in enumerate(_WORD.finditer(line)):
        if position == _LONGEST_NAME or (position and line[word.start() - 1] != " "):
            break
        for spelled in dict.fromkeys((word[0], word[0].rstrip(".'’-"), _without_s(word[0]))):
            if people := names.get(" ".join([*words, spelled])):
                best = people
                break
        words.append(word[0])
    return best


def _without_s(word: str) -> str:
    """`bob's` → `bob`."""
    return re.sub(r"['’]s\Z", "", word)

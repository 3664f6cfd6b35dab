"""Taking words out of text, html and JSON for good. Pure functions.

Words are found however they are spaced, broken into lines or quoted with `>`, in any case, and in
html also where tags stand between their letters, or where an attribute holds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any
from urllib.parse import unquote

from lxml import etree

from core.html import sanitize
from core.html_names import BLOCK
from core.html_tree import read_tree

MARK = "█████"
SHORTEST = 3  # letters: fewer would blacken half of every text
TELLING_LINE, QUOTED_LINES = 16, 400  # letters of a line that is known again; lines looked for
_BETWEEN = r"[\s>\u200b\u00ad]+"  # white space, quote marks, what can stand in a word unseen
_BETWEEN_DIGITS = r"[\s>.\u200b-]*"


def pattern_of(texts: Iterable[str]) -> re.Pattern[str] | None:
    """What finds any of the texts; None when none is long enough to be told from others."""
    pieces = [text.split() for text in texts if len("".join(text.split())) >= SHORTEST]
    joined = [_joined(words) for words in sorted(pieces, key=_length)]
    return re.compile("|".join(joined), re.IGNORECASE) if joined else None


def _joined(words: list[str]) -> str:
    """A number is found however its digits are grouped, words by white space alone."""
    compact = "".join(words)
    if re.fullmatch(r"[\d.-]+", compact):
        return _BETWEEN_DIGITS.join(letter for letter in compact if letter.isdigit())
    return _BETWEEN.join(map(re.escape, words))


def lines_of(text: str) -> re.Pattern[str] | None:
    """What finds a text where it is quoted: any of its lines that says enough to be known again."""
    lines = dict.fromkeys(line.strip("> \t\u00a0") for line in text.splitlines())
    return pattern_of([line for line in lines if len(line) >= TELLING_LINE][:QUOTED_LINES])


def redact_text(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(MARK, text)


def redact_value(value: Any, pattern: re.Pattern[str]) -> Any:
    """JSON with the words taken out of its texts, names of keys included."""
    if isinstance(value, str):
        return redact_text(value, pattern)
    if isinstance(value, list):
        return [redact_value(each, pattern) for each in value]
    if isinstance(value, dict):
        return {redact_text(k, pattern): redact_value(v, pattern) for k, v in value.items()}
    return value


def redact_html(html: str, pattern: re.Pattern[str]) -> str:
    """Sanitised html without the words; html that cannot be read as a tree becomes MARK."""
    if not html:
        return ""
    tree = read_tree(html)
    if tree is None:
        return MARK
    is_changed = _redact_attributes(tree, pattern)
    pieces = list(_pieces(tree))
    spans = [match.span() for match in pattern.finditer("".join(text for _, _, text in pieces))]
    if not (spans or is_changed):
        return html
    _blacken(pieces, spans)
    body = tree.find("body")
    root = tree if body is None else body
    children = [etree.tostring(child, encoding="unicode", method="html") for child in root]
    shown = "".join([escape(root.text or "", quote=False), *children])
    return sanitize(shown, keep_mentions=True)  # only colleagues' notes had any


def _length(words: list[str]) -> int:
    return -sum(map(len, words))  # the longest first: it may hold a shorter one


def _pieces(tree: Any) -> Iterator[tuple[Any, str, str]]:
    """Every text of the tree as (element, "text" or "tail", letters); a break between blocks."""
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        is_block = isinstance(element.tag, str) and (element.tag in BLOCK or element.tag == "br")
        if event == "start":
            if is_block:
                yield None, "", "\n"
            if element.text and isinstance(element.tag, str):
                yield element, "text", element.text
        else:
            if is_block:
                yield None, "", "\n"
            if element.tail:
                yield element, "tail", element.tail


def _blacken(pieces: list[tuple[Any, str, str]], spans: list[tuple[int, int]]) -> None:
    """Put MARK where a span begins; its letters go from every piece that it reaches into."""
    at = 0
    for element, place, text in pieces:
        begin, at = at, at + len(text)
        here = [span for span in spans if span[0] < at and span[1] > begin]
        if element is None or not here:
            continue
        kept, last = [], 0
        for start, end in here:
            kept.append(text[last : max(start - begin, 0)])
            kept.append(MARK if start >= begin else "")  # begun in an earlier piece
            last = min(end - begin, len(text))
        setattr(element, place, "".join([*kept, text[last:]]))


def _redact_attributes(tree: Any, pattern: re.Pattern[str]) -> bool:
    is_changed = False
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        for name, value in element.attrib.items():
            if pattern.search(value) or pattern.search(unquote(value).replace("+", " ")):
                del element.attrib[name]
                is_changed = True
    return is_changed

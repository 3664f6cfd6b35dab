"""How much html is given to a parser. What goes beyond is read by a plain scan and shown as text.

Html5 parsers take long over more than size: each attribute of an element is compared with all
others of it, unclosed formatting is reopened in each block, and writing a text costs the square of
what has to be escaped in it. All checks are linear in any input.
"""

from __future__ import annotations

import re

from core.html_names import CLOSES_ITSELF, FORMATTING

MAX_CHARACTERS = 2_000_000
MAX_TAGS = 60_000  # a tree of so many takes some 40 MB; real mail has less than 20,000
_MAX_NESTING = 1_000
_MAX_ESCAPES = 60_000
_MAX_REOPENED = 1_000_000
_MAX_ATTRIBUTES = 200  # of one element
_MAX_LOOKED_AT = 5 * MAX_CHARACTERS

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,20})")
_BEGIN = re.compile(r"</?[A-Za-z]")
# As the tokenizer of HTML reads it (WHATWG HTML §13.2.5.32-39); nothing here goes back.
_ATTRIBUTE = (
    r"[ \t\n\r\f/]*+[^ \t\n\r\f/>][^ \t\n\r\f/>=]*+"
    r"(?:[ \t\n\r\f]*+=[ \t\n\r\f]*+(?:\"[^\"]*+\"?|'[^']*+'?|[^ \t\n\r\f>]*+))?+"
)
_ELEMENT = re.compile(rf"</?[A-Za-z][^ \t\n\r\f/>]*+(?:{_ATTRIBUTE}){{0,{_MAX_ATTRIBUTES}}}+")
_ONE_MORE = re.compile(_ATTRIBUTE)


def is_too_much(html: str) -> bool:
    """Whether a parser would take long, or much memory, over this."""
    return has_too_many(html) or is_too_deep(html) or has_crowded_element(html)


def has_too_many(html: str) -> bool:
    """Whether it is too long, or has too many tags or letters to escape."""
    opened = html.count("<")
    escapes = html.count("&") + html.count("\xa0") + max(html.count(">") - opened, 0)
    return len(html) > MAX_CHARACTERS or opened > MAX_TAGS or escapes > _MAX_ESCAPES


def is_too_deep(html: str) -> bool:
    """Whether it is nested very deeply, or formatting is reopened again and again.

    Html5 parsers reopen unclosed formatting elements in each new block, which is quadratic by
    design.
    """
    if html.count("<") < _MAX_NESTING:
        return False
    depth = formatting = reopened = 0
    for match in _TAG.finditer(html):
        tag = match[2].lower()
        if tag in CLOSES_ITSELF:
            reopened += formatting
        elif match[1]:
            depth = max(depth - 1, 0)
            if tag in FORMATTING:
                formatting = max(formatting - 1, 0)
        else:
            depth += 1
            reopened += formatting
            if tag in FORMATTING:
                formatting += 1
            if depth > _MAX_NESTING:
                return True
        if reopened > _MAX_REOPENED:
            return True
    return False


def has_crowded_element(html: str) -> bool:
    """Whether an element has so many attributes that comparing each with each takes long.

    Looks from everything that could begin a tag, also inside of attributes, comments and scripts:
    so it does not matter what a parser takes these for.
    """
    if len(html) < 2 * _MAX_ATTRIBUTES:
        return False
    looked_at = 0
    for begin in _BEGIN.finditer(html):
        found = _ELEMENT.match(html, begin.start())
        if found is None:
            continue
        length = found.end() - found.start()
        if length > 2 * _MAX_ATTRIBUTES and _ONE_MORE.match(html, found.end()):
            return True
        looked_at += length
        if looked_at > _MAX_LOOKED_AT:  # tags in tags in tags: each is looked through again
            return True
    return False

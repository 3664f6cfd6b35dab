"""Html as an lxml tree, and a tree as text. Apart from `core.html`, so lxml loads only when
needed.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from lxml import etree

from core.html_bounds import MAX_TAGS, has_crowded_element
from core.html_names import BLOCK, HIDDEN, PARAGRAPH

Element = Any  # lxml's own types are stubs of another package

_SPACE = re.compile(r"[ \t\r\n\f]+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_MAX_QUOTE_MARKS = 5
_MAX_EVENTS = 200_000


def read_tree(html: str) -> Element | None:
    """The root of the parsed html; None when it is empty, too deep for libxml2 (2,048), of more
    than MAX_TAGS, or has an element of very many attributes.
    """
    if html.count("<") > MAX_TAGS or has_crowded_element(html):
        return None
    html = _CONTROL.sub("", html)
    if html.rfind("<!--") > html.rfind("-->"):  # an unclosed comment would hide the whole rest
        opened = html.rfind("<!--")
        html = html[:opened] + html[opened + 4 :]
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_pis=True)
    try:
        root = etree.fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    if root is None or any("depth" in entry.message for entry in parser.error_log):
        return None
    return root


class _Writer:
    """Collects text with the white space rules of html (CSS 2 §16.6.1)."""

    __slots__ = ("has_space", "is_line_start", "newlines", "out", "quotes", "written_quotes")

    def __init__(self) -> None:
        self.out: list[str] = []
        self.newlines = 0
        self.is_line_start = True
        self.has_space = False
        self.quotes = 0
        self.written_quotes = 0

    def break_line(self, count: int) -> None:
        if self.out:
            self.newlines = max(self.newlines, count if not self.is_line_start or count > 1 else 1)
        self.has_space = False

    def write_break(self) -> None:
        """A <br>: always one more line break, at most two empty lines in a row."""
        if self.out:
            self.newlines = min(self.newlines + 1, 3)
        self.is_line_start = True
        self.has_space = False

    def write(self, text: str) -> None:
        collapsed = _SPACE.sub(" ", text)
        if collapsed == " " or not collapsed:
            self.has_space = self.has_space or bool(collapsed)
            return
        if collapsed[0] == " ":
            self.has_space = True
            collapsed = collapsed[1:]
        ends_with_space = collapsed[-1] == " "
        self.write_raw(collapsed[:-1] if ends_with_space else collapsed)
        self.has_space = ends_with_space

    def write_raw(self, text: str) -> None:
        self._begin_line()
        if self.has_space and not self.is_line_start:
            self.out.append(" ")
        self.has_space = False
        self.out.append(text)
        self.is_line_start = False

    def write_preformatted(self, text: str) -> None:
        for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
            if number:
                self.newlines = min(self.newlines + 1, 3) if self.out else 0
            if line:
                self.write_raw(line)

    def _begin_line(self) -> None:
        if self.newlines or not self.out:
            if self.newlines:
                shared = "> " * min(self.quotes, self.written_quotes, _MAX_QUOTE_MARKS)
                self.out.append("\n" + (f"{shared.rstrip()}\n" * (self.newlines - 1)))
            self.newlines = 0
            self.is_line_start = True
            if self.quotes:
                self.out.append("> " * min(self.quotes, _MAX_QUOTE_MARKS))
            self.written_quotes = self.quotes


def write_text(root: Element, *, has_links: bool = True, has_quote_marks: bool = True) -> str:
    """The visible text below `root`, without recursion."""
    writer = _Writer()
    hidden = preformatted = 0
    lists: list[int] = []
    links: list[tuple[str, int]] = []
    walk = etree.iterwalk(root, events=("start", "end", "comment"))
    for event, node in islice(walk, _MAX_EVENTS):
        if event == "comment":
            if not hidden and node.tail:
                writer.write(node.tail)
            continue
        tag = node.tag
        if event == "start":
            if hidden or tag in HIDDEN:
                hidden += 1
                continue
            _open(writer, node, tag, lists, has_quote_marks=has_quote_marks)
            if tag == "pre":
                preformatted += 1
            elif tag == "a" and has_links:
                links.append((node.get("href") or "", len(writer.out)))
            if node.text:
                if preformatted:
                    writer.write_preformatted(node.text)
                else:
                    writer.write(node.text)
            continue
        if hidden:
            hidden -= 1
        else:
            if tag == "a" and links:
                _write_link(writer, *links.pop())
            elif tag == "pre":
                preformatted = max(preformatted - 1, 0)
            _close(writer, tag, lists, has_quote_marks=has_quote_marks)
        if node.tail and not hidden and node is not root:
            if preformatted:
                writer.write_preformatted(node.tail)
            else:
                writer.write(node.tail)
    return "".join(writer.out).replace("\xa0", " ").strip("\n").rstrip()


def _open(
    writer: _Writer, node: Element, tag: str, lists: list[int], *, has_quote_marks: bool
) -> None:
    if tag == "br":
        writer.write_break()
    elif tag == "img":
        alt = node.get("alt") or ""
        if alt and not alt.isascii() and len(alt) <= 8:  # Gmail sends emoji as images
            writer.write(alt)
    elif tag == "li":
        writer.break_line(1)
        if lists and lists[-1] >= 0:
            lists[-1] += 1
            writer.write(f"{lists[-1]}. ")
        else:
            writer.write("- ")
    elif tag in ("td", "th"):
        writer.has_space = writer.has_space or not writer.is_line_start
    elif tag in PARAGRAPH:
        writer.break_line(1 if tag in ("ul", "ol") and lists else 2)
        if tag in ("ul", "ol"):
            lists.append(0 if tag == "ol" else -1)
        elif tag == "blockquote" and has_quote_marks:
            writer.quotes += 1
    elif tag in BLOCK:
        writer.break_line(1)


def _close(writer: _Writer, tag: str, lists: list[int], *, has_quote_marks: bool) -> None:
    if tag in ("ul", "ol") and lists:
        lists.pop()
    elif tag == "blockquote" and has_quote_marks:
        writer.quotes = max(writer.quotes - 1, 0)
    if tag in PARAGRAPH:
        writer.break_line(1 if tag in ("ul", "ol") and lists else 2)
    elif tag in BLOCK:
        writer.break_line(1)


def _write_link(writer: _Writer, href: str, begin: int) -> None:
    href = href.strip()
    if not href.lower().startswith(("http://", "https://")) or len(href) > 2000:
        return
    text = "".join(writer.out[begin:]).strip()
    if not text or text.rstrip("/") in (href.rstrip("/"), href.split("://", 1)[1].rstrip("/")):
        return
    space = writer.has_space
    writer.has_space = True
    writer.write_raw(f"<{href}>")
    writer.has_space = space

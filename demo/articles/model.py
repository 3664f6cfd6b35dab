"""The shape demo articles are written in: plain words with a little markup."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape

_ITEM = re.compile(r"^(?:- |\d+\. )", re.MULTILINE)
_BOLD = re.compile(r"\*([^*\n]+)\*")


@dataclass(frozen=True)
class Text:
    """An article in one language. Lines that begin with `## `, `- ` or `1. ` are what they seem."""

    title: str
    body: str

    @property
    def html(self) -> str:
        blocks = (block.strip() for block in self.body.strip().split("\n\n"))
        return "".join(_block(block) for block in blocks if block)


@dataclass(frozen=True)
class PlannedArticle:
    """`helpful` and `unhelpful` are its votes; `days` how long ago it was last changed."""

    section: str
    texts: dict[str, Text]
    author: str = "alice"
    visibility: str = "everyone"
    state: str = "published"
    days: int = 40
    helpful: int = 0
    unhelpful: int = 0


@dataclass(frozen=True)
class PlannedSection:
    name: str
    names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PlannedCategory:
    name: str
    description: str
    sections: tuple[PlannedSection, ...]
    names: dict[str, str] = field(default_factory=dict)


def _block(block: str) -> str:
    if block.startswith("## "):
        return f"<h2>{_inline(block[3:])}</h2>"
    items = [" ".join(item.split()) for item in _ITEM.split(block) if item.strip()]
    if block.startswith("- "):
        return f"<ul>{''.join(f'<li>{_inline(item)}</li>' for item in items)}</ul>"
    if block.startswith("1. "):
        return f"<ol>{''.join(f'<li>{_inline(item)}</li>' for item in items)}</ol>"
    return f"<p>{_inline(' '.join(block.split()))}</p>"


def _inline(text: str) -> str:
    return _BOLD.sub(r"<strong>\1</strong>", escape(text, quote=False))

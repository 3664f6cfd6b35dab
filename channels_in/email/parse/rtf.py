"""The text or html in an RTF body, as Outlook packs it into winmail.dat (MS-OXRTFCP, MS-OXRTFEX).

Not an RTF reader: letters, paragraphs and, where Outlook made the RTF of html, that html again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import compressed_rtf  # type: ignore[import-untyped]

_MAX_PACKED = 64 * 1024  # the library unpacks 1 MB a second; eightfold at most
_MAX_PLAIN = 2 * 1024 * 1024
_MAX_DEPTH = 200
_TOKEN = re.compile(
    r"\\([a-z]{1,32})(-?[0-9]{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z'])|([{}])|[\r\n]+"
    r"|([^\\{}\r\n]+)"
)
# Groups whose text is not the message's.
_ASIDE = frozenset(
    """
    fonttbl colortbl stylesheet info pict header footer headerl headerr footerl footerr object
    themedata datastore latentstyles generator listtable listoverridetable rsidtbl xmlnstbl
    mhtmltag filetbl revtbl fldinst
    """.split()  # noqa: SIM905  a list of words, not of lines
)
_BREAKS = {"par": "\n", "line": "\n", "sect": "\n", "row": "\n", "tab": "\t", "cell": "\t"}
_LETTERS = {
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
    "endash": "–", "emdash": "—", "~": "\xa0", "_": "-", "{": "{", "}": "}", "\\": "\\",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Group:
    is_aside: bool = False
    is_tag: bool = False  # \*\htmltag: source of the html
    is_hidden: bool = False  # \htmlrtf: there for RTF readers only
    skip: int = 1  # letters after \u that stand for those who cannot read it


def unpack_rtf(packed: bytes) -> str:
    """Compressed RTF (LZFu, or MELA as it is) as RTF source; empty when it is damaged or large."""
    is_plain = packed[8:12] == b"MELA"
    if len(packed) > (_MAX_PLAIN if is_plain else _MAX_PACKED):
        return ""
    try:
        content: bytes = compressed_rtf.decompress(packed)
    except Exception:  # noqa: BLE001  the library raises bare Exceptions and whatever comes
        return ""
    return content[:_MAX_PLAIN].decode("latin-1")


def read_rtf(source: str) -> tuple[str, str]:
    """(text, html) of RTF source: html where Outlook packed html, else text."""
    is_html = "\\fromhtml1" in source[:4000]
    out: list[str] = []
    high: list[int] = []  # bytes of a letter, which may be two
    codepage = _codepage(source)
    stack = [_Group()]
    to_skip = 0
    is_starred = False

    def flush() -> None:
        if high:
            out.append(bytes(high).decode(codepage, "replace"))
            high.clear()

    for word, number, byte, symbol, brace, text in _TOKEN.findall(source):
        group = stack[-1]
        if brace:
            flush()
            to_skip = 0
            if brace == "{" and len(stack) < _MAX_DEPTH:
                stack.append(group)
            elif brace == "}" and len(stack) > 1:
                stack.pop()
            is_starred = False
            continue
        if symbol == "*":
            is_starred = True
            continue
        if word:
            stack[-1] = _entered(group, word, number, is_starred)
            is_starred = False
        is_shown = not group.is_aside and not group.is_hidden
        if is_html and not group.is_tag and word in ("tab", "par", "line") and is_shown:
            flush()
            out.append("\n" if word != "tab" else "\t")
        elif word == "u" and number and is_shown:
            flush()
            out.append(_letter(int(number)))
            to_skip = group.skip
        elif byte and is_shown:
            if to_skip:
                to_skip -= 1
            else:
                high.append(int(byte, 16))
        elif text and is_shown:
            flush()
            skipped = min(to_skip, len(text))
            to_skip -= skipped
            out.append(text[skipped:])
        elif is_shown and (piece := _LETTERS.get(word or symbol) or _BREAKS.get(word)):
            flush()
            out.append(piece)
    flush()
    # Pairs of UTF-16 units become one letter, lone ones nothing.
    made = "".join(out).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore").strip()
    return ("", made) if is_html else (made, "")


def _entered(group: _Group, word: str, number: str, is_starred: bool) -> _Group:
    """The group after a control word."""
    if word == "htmltag":
        return replace(group, is_tag=True, is_aside=False)
    if word == "htmlrtf":
        return replace(group, is_hidden=number != "0")
    if word == "uc" and number:
        return replace(group, skip=min(max(int(number), 0), 10))
    if is_starred or word in _ASIDE:
        return replace(group, is_aside=True)
    return group


def _codepage(source: str) -> str:
    found = re.search(r"\\ansicpg([0-9]{3,5})", source[:4000])
    codepage = f"cp{found[1]}" if found else "cp1252"
    try:
        b"a".decode(codepage)
    except LookupError:
        return "cp1252"
    return codepage


def _letter(number: int) -> str:
    """RTF writes UTF-16 units as signed 16-bit numbers; halves of pairs are joined later."""
    return chr(number & 0xFFFF)

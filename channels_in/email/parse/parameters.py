"""Content-Type and Content-Disposition values with their parameters (RFC 2045 §5.1, RFC 2231).

Tolerated: missing quotes around names with spaces or semicolons, encoded words in values, raw
bytes, parameters given twice (the first counts), RFC 2231 pieces out of order or without a
charset.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from channels_in.email.parse.charset import decode_text, make_one_line
from channels_in.email.parse.headers import decode_words

_PARAMETER = re.compile(r"\s*;?\s*([^\s=;\"]{1,100})\s*=\s*")
_NEXT_PARAMETER = re.compile(r";\s*[A-Za-z][\w*.-]{0,40}\s*=")
_SECTION = re.compile(r"(.+?)\*(\d{1,3})(\*?)\Z")
_MAX_PARAMETERS = 60


@dataclass(frozen=True, slots=True)
class Value:
    """A header value: the leading token in lower case and its parameters by lower-case name."""

    kind: str = ""
    parameters: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """A parameter, empty when it is absent."""
        return self.parameters.get(name, "")


def parse_value(raw: bytes) -> Value:
    """Parse `token; name=value; …` from raw header bytes."""
    if not raw:
        return Value()
    text = raw.decode("ascii") if raw.isascii() else decode_text(raw)
    token, separator, rest = text.partition(";")
    token = _strip_comment(token).strip().strip("\"'").lower()
    if "=" in token and "/" not in token:  # `Content-Disposition: filename=x` without a type
        token, rest, separator = "", text, ";"
    elif " " in token and "=" in token:  # `text/plain charset=utf-8`
        token, _, missed = token.partition(" ")
        rest = text[len(token) :].lstrip() if missed else rest
    if not rest or not separator and "=" not in rest:
        return Value(token.strip())
    return Value(token.strip(), _join_sections(_read_parameters(rest)))


def _strip_comment(text: str) -> str:
    return text.split("(", 1)[0] if "(" in text else text


def _read_parameters(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    position = 0
    while position < len(text) and len(found) < _MAX_PARAMETERS:
        match = _PARAMETER.match(text, position)
        if match is None:
            following = text.find(";", position + 1)
            if following == -1:
                break
            position = following
            continue
        name = match[1].lower()
        position = match.end()
        if text[position : position + 1] == '"':
            value, position = _read_quoted(text, position)
        else:
            value, position = _read_unquoted(text, position)
        found.append((name, value))
    return found


def _read_quoted(text: str, position: int) -> tuple[str, int]:
    """A quoted string; a quote that is never closed, or closed too early, ends at the next
    parameter.
    """
    out: list[str] = []
    index = position + 1
    while index < len(text):
        char = text[index]
        if char == "\\" and index + 1 < len(text):
            following = text[index + 1]
            # Windows paths in names: only quotes and backslashes are really escaped.
            out.append(following if following in '"\\' else char + following)
            index += 2
            continue
        if char == '"':
            return "".join(out), index + 1
        out.append(char)
        index += 1
    return _read_unquoted(text, position + 1)


def _read_unquoted(text: str, position: int) -> tuple[str, int]:
    """Up to the next `; name=`: names with spaces or semicolons come without quotes."""
    match = _NEXT_PARAMETER.search(text, position)
    stop = match.start() if match else len(text)
    value = text[position:stop].strip().rstrip(";").strip()
    if len(value) > 2 and value[0] == value[-1] == "'":
        value = value[1:-1]
    return value, stop


def _join_sections(found: list[tuple[str, str]]) -> dict[str, str]:
    """Join RFC 2231 sections (`name*0*=`, `name*1=`) and decode `charset'language'%xx` values."""
    plain: dict[str, str] = {}
    sections: dict[str, dict[int, tuple[str, bool]]] = {}
    for name, value in found:
        match = _SECTION.match(name)
        if match:
            parts = sections.setdefault(match[1], {})
            parts.setdefault(int(match[2]), (value, bool(match[3])))
        elif name.endswith("*"):
            sections.setdefault(name[:-1], {}).setdefault(0, (value, True))
        else:
            plain.setdefault(name, value)
    joined = {name: decode_words(value) for name, value in plain.items()}
    for name, parts in sections.items():
        decoded = _decode_sections([parts[number] for number in sorted(parts)])
        if decoded:
            joined[name] = decoded
    return joined


def _decode_sections(parts: list[tuple[str, bool]]) -> str:
    if not any(is_extended for _, is_extended in parts):
        return decode_words("".join(value for value, _ in parts))
    charset = ""
    first, is_extended = parts[0]
    if is_extended and first.count("'") >= 2:
        charset, _, first = first.split("'", 2)
        parts = [(first, True), *parts[1:]]
    raw = b"".join(
        unquote_to_bytes(value) if is_extended else value.encode("utf-8", "replace")
        for value, is_extended in parts
    )
    return make_one_line(decode_text(raw, charset))

"""Header block: fields, unfolding (RFC 5322 §2.2.3), encoded words (RFC 2047), tolerant of all of
it.

Real mail has raw eight-bit headers, encoded words cut inside a character, words glued to text,
missing colons, an mbox `From ` line on top, or no header at all.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from channels_in.email.parse.charset import decode_text, is_known_charset, make_one_line
from channels_in.email.parse.limits import Limits

_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:[ \t]*(.*)", re.DOTALL)
_ENCODED_WORD = re.compile(
    r"=\?([!-<>@-~]{1,60})\?([QqBb])\?([^?]*(?:\?(?!=)[^?]*)*)\?=",
)
# The last word of a subject that was cut by a sender or a gateway.
_UNFINISHED_WORD = re.compile(
    r"=\?[!-<>@-~]{1,60}\?(?:[Qq]\?[^?\s=]*=[0-9A-Fa-f]{2}|[Bb]\?)[^?\s]*\??\Z"
)
_BETWEEN_WORDS = re.compile(r"[ \t\r\n]*\Z")
_QUOTED_BYTE = re.compile(rb"=([0-9A-Fa-f]{2})")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")


@dataclass(slots=True)
class Headers:
    """The fields of one header block in order; values are unfolded raw bytes.

    `charset` is that of the body, for raw bytes in the values.
    """

    fields: list[tuple[str, bytes]] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)
    charset: str = ""
    _index: dict[str, list[bytes]] = field(default_factory=dict)

    def add(self, name: str, value: bytes) -> None:
        """Append one field."""
        self.fields.append((name, value))
        self._index.setdefault(name.lower(), []).append(value)

    def get_raw(self, name: str) -> bytes:
        """The first value as bytes, empty when the field is absent."""
        found = self._index.get(name)
        return found[0] if found else b""

    def get_all_raw(self, name: str) -> list[bytes]:
        """All values of a field as bytes; `name` in lower case."""
        return self._index.get(name, [])

    def get(self, name: str) -> str:
        """The first value decoded to text on one line; `name` in lower case."""
        return decode_header(self.get_raw(name), self.charset) if name in self._index else ""

    def get_all(self, name: str) -> list[str]:
        """All values of a field, decoded."""
        return [decode_header(value, self.charset) for value in self._index.get(name, [])]

    def has(self, name: str) -> bool:
        """Whether the field is present; `name` in lower case."""
        return name in self._index

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        return iter(self.fields)


def read_headers(
    raw: bytes, start: int, end: int, limits: Limits, *, is_top: bool = False
) -> tuple[Headers, int]:
    """Read the header block at `start`; returns the headers and where the body begins.

    A line that is neither a field nor a continuation ends the block: RFC 5322 wants an empty line
    there, and some senders forget it. `is_top` allows for an mbox line and for empty lines before
    the header.
    """
    headers = Headers()
    lines: list[bytes] = []
    position = start
    size_end = min(end, start + limits.max_header_size)
    while position < end:
        if position >= size_end or len(headers.fields) >= limits.max_headers:
            headers.defects.append("the header is too large and was cut")
            position = _find_blank_line(raw, position, end)
            break
        newline = raw.find(b"\n", position, size_end)
        after = newline + 1 if newline != -1 else size_end
        line = raw[position : newline if newline != -1 else size_end].removesuffix(b"\r")
        if not line or (not lines and not line.strip()):
            position = after
            if not lines and is_top and _begins_with_field(raw, position, end):
                continue  # empty lines before the header, as some gateways leave them
            break
        match = None if line[:1] in b" \t" else _FIELD.match(line)
        if match is not None:
            if lines:
                _store(headers, lines, limits)
            lines = [line]
        elif lines and line[:1] in b" \t":
            lines.append(line)
        elif is_top and line.startswith((b"From ", b">From ")):
            pass  # mbox separator
        elif lines and _goes_on(raw, after, end, headers):
            headers.defects.append("a header line without a colon was read as a continuation")
            lines.append(line)
        else:
            headers.defects.append("the header does not end with an empty line")
            break
        position = after
    if lines:
        _store(headers, lines, limits)
    return headers, min(position, end)


def _begins_with_field(raw: bytes, position: int, end: int) -> bool:
    line = raw[position : min(end, position + 300)].lstrip(b"\r\n").split(b"\n", 1)[0]
    return _FIELD.match(line) is not None and b" " not in line.split(b":", 1)[0].strip()


def _goes_on(raw: bytes, position: int, end: int, headers: Headers) -> bool:
    """Whether fields that the header has not had yet follow before the next empty line.

    Then a line without a colon is a continuation that lost its indentation (seen from getmail).
    """
    block = raw[position : min(end, position + 8192)]
    for line in block.split(b"\n")[:100]:
        stripped = line.strip()
        if not stripped:
            return False
        name = stripped.split(b":", 1)[0].lower() if b":" in stripped[:40] else b""
        if name in _WELL_KNOWN and not headers.has(name.decode("ascii")):
            return True
    return False


_WELL_KNOWN = frozenset(
    b"from to cc subject date message-id mime-version content-type content-transfer-encoding "
    b"content-disposition received return-path reply-to sender references in-reply-to".split()
)


def _find_blank_line(raw: bytes, position: int, end: int) -> int:
    places = [
        found + len(mark)
        for mark in (b"\n\n", b"\n\r\n")
        if (found := raw.find(mark, max(position - 2, 0), end)) != -1
    ]
    return min(places) if places else end


def _store(headers: Headers, lines: list[bytes], limits: Limits) -> None:
    match = _FIELD.match(b"".join(lines) if len(lines) == 1 else _unfold(lines))
    if match is None:
        return
    value = match[2].strip()
    if len(value) > limits.max_header_value:
        headers.defects.append("a header field is too long and was cut")
        value = value[: limits.max_header_value]
    headers.add(match[1].decode("ascii"), value)


def _unfold(lines: list[bytes]) -> bytes:
    return lines[0] + b"".join(b" " + line.lstrip(b" \t") for line in lines[1:])


def decode_header(raw: bytes, charset: str = "") -> str:
    """A header value as text on one line: raw bytes by charset or guess, then encoded words."""
    text = decode_text(raw, "" if raw.isascii() else charset)
    return decode_words(text)


def decode_words(text: str) -> str:
    """Decode RFC 2047 encoded words wherever they stand, also inside quotes or glued together.

    Adjacent words of one charset are joined as bytes first, since senders cut inside a character.
    """
    if "=?" not in text:
        return make_one_line(text)
    if not text.endswith("?=") and _UNFINISHED_WORD.search(text):
        text = text.removesuffix("?") + "?="
    pieces: list[str] = []
    waiting: list[bytes] = []
    charset = ""
    end = 0
    # Up to the last end of a word: what begins after it would be looked through again and again.
    for match in _ENCODED_WORD.finditer(text, 0, text.rfind("?=") + 2):
        gap = text[end : match.start()]
        word_charset = match[1].split("*")[0]
        raw = _decode_word(match[2], match[3])
        if not is_known_charset(word_charset) and not raw.isascii():
            word_charset = ""
        is_adjacent = bool(waiting) and _BETWEEN_WORDS.match(gap) is not None
        if is_adjacent and word_charset.lower() == charset.lower():
            waiting.append(raw)
        else:
            if waiting:
                pieces.append(_decode_run(waiting, charset))
            if not is_adjacent:
                pieces.append(gap)
            waiting, charset = [raw], word_charset
        end = match.end()
    if waiting:
        pieces.append(_decode_run(waiting, charset))
    pieces.append(text[end:])
    return make_one_line("".join(pieces))


def _decode_run(words: list[bytes], charset: str) -> str:
    joined = b"".join(words)
    if len(words) > 1 and charset.lower().startswith("iso-2022"):
        # Each word begins in ASCII and must end in it (RFC 2047 §5), but many do not end in it.
        return "".join(decode_text(word, charset) for word in words)
    return decode_text(joined, charset)


def _decode_word(encoding: str, text: str) -> bytes:
    raw = text.encode("utf-8", "replace")
    if encoding in "qQ":
        return _QUOTED_BYTE.sub(lambda m: bytes((int(m[1], 16),)), raw.replace(b"_", b" "))
    return decode_base64_word(raw)


def decode_base64_word(raw: bytes) -> bytes:
    """Base64 with missing or wrong padding, also padded in the middle (two words joined by a
    sender).
    """
    if b"=" in raw.rstrip(b"="):
        return b"".join(decode_base64_word(piece) for piece in raw.split(b"=") if piece)
    clean = _NOT_BASE64.sub(b"", raw)
    rest = len(clean) % 4
    if rest == 1:
        clean = clean[:-1]
    elif rest:
        clean += b"=" * (4 - rest)
    try:
        return base64.b64decode(clean)
    except (binascii.Error, ValueError):
        return raw

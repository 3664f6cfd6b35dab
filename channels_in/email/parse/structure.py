"""The tree of MIME parts (RFC 2046), read in place with bounds on parts and depth.

Own code instead of the standard library's: that one keeps all lines as text objects (several times
the message size), recurses for each level, and has no bounds on parts (attack A12).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from channels_in.email.parse.headers import Headers, read_headers
from channels_in.email.parse.limits import Limits
from channels_in.email.parse.parameters import Value, parse_value
from channels_in.email.parse.transfer import decode_transfer

_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,80}/[a-z0-9!#$&^_.+*-]{1,120}")
# Lines that begin like a delimiter but are none (a longer boundary inside, a text of dashes).
_MAX_CANDIDATES = 50_000
_FIRST_DELIMITER = re.compile(rb"(?:\A|\n)--([!-~][ -~]{5,69}?)[ \t]*\r?\n[!-9;-~]+:", re.DOTALL)


@dataclass(slots=True)
class Part:
    """One part: its headers, what it claims to be, and where its body lies in `raw`."""

    raw: bytes
    headers: Headers
    content_type: str
    type_value: Value
    disposition: Value
    start: int
    end: int
    depth: int
    children: list[Part] = field(default_factory=list)
    is_multipart: bool = False

    @property
    def body(self) -> bytes:
        """The body as it stands, without transfer decoding."""
        return self.raw[self.start : self.end]

    def decode(self, *, limit: int | None = None) -> tuple[bytes, str]:
        """The body after transfer decoding, and a defect sentence or an empty string.

        With `limit` only about so many decoded bytes are made: the worst encoding,
        quoted-printable, writes three bytes for one.
        """
        body = (
            self.body
            if limit is None
            else self.raw[self.start : min(self.end, self.start + limit * 3)]
        )
        return decode_transfer(body, self.headers.get("content-transfer-encoding"))

    @property
    def main_type(self) -> str:
        """The part of the content type before the slash."""
        return self.content_type.partition("/")[0]

    def walk(self) -> Iterator[Part]:
        """All parts below and including this one, in order."""
        waiting = [self]
        while waiting:
            part = waiting.pop()
            yield part
            waiting.extend(reversed(part.children))


@dataclass(slots=True)
class _Count:
    parts: int = 0
    defects: list[str] = field(default_factory=list)

    def note(self, defect: str) -> None:
        if defect not in self.defects:
            self.defects.append(defect)


def read_structure(raw: bytes, limits: Limits, *, depth: int = 0) -> tuple[Part, list[str]]:
    """Read headers and the tree of parts of a whole message; returns the root and the defects.

    `depth`: how deep it lies in another one.
    """
    count = _Count()
    root = _read_part(raw, 0, len(raw), "text/plain", depth, limits, count, is_top=True)
    return root, count.defects


def _read_part(
    raw: bytes,
    start: int,
    end: int,
    default_type: str,
    depth: int,
    limits: Limits,
    count: _Count,
    *,
    is_top: bool = False,
) -> Part:
    headers, body = read_headers(raw, start, end, limits, is_top=is_top)
    for defect in headers.defects:
        count.note(defect)
    if not headers.fields and not is_top and not raw[start:end].startswith((b"\n", b"\r\n")):
        body = start
    count.parts += 1
    type_value = _read_type(headers)
    content_type = _clean_type(type_value, default_type)
    disposition = parse_value(headers.get_raw("content-disposition"))
    part = Part(raw, headers, content_type, type_value, disposition, body, end, depth)
    if content_type.startswith("multipart/"):
        _read_children(part, limits, count)
    return part


def _read_type(headers: Headers) -> Value:
    """The Content-Type; given twice, the first that says more than text/plain."""
    values = headers.get_all_raw("content-type")
    if len(values) <= 1:
        return parse_value(values[0]) if values else Value()
    parsed = [parse_value(value) for value in values[:5]]
    return next((v for v in parsed if v.kind not in ("", "text/plain")), parsed[0])


def _clean_type(value: Value, default_type: str) -> str:
    token = value.kind
    if not token:
        return default_type
    match = _TYPE.match(token.replace(" ", ""))
    if match:
        return match[0]
    if "html" in token:
        return "text/html"
    if token.startswith("multipart") and value.get("boundary"):
        return "multipart/mixed"
    if token.startswith("text") or "/" not in token:
        return "text/plain"  # RFC 2045 §5.2: a type without a subtype counts as plain text
    return "application/octet-stream"


def _read_children(part: Part, limits: Limits, count: _Count) -> None:
    if part.depth >= limits.max_depth:
        count.note("the parts are nested too deeply, the inner ones were kept as a file")
        return
    boundary = part.type_value.get("boundary").strip()
    delimiter = b"--" + boundary.encode("utf-8", "replace") if boundary else b""
    spans = _find_spans(part, delimiter, limits) if boundary else []
    if not spans:
        guessed = _guess_delimiter(part)
        if guessed and guessed != delimiter:
            count.note("the boundary of a multipart was guessed")
            spans = _find_spans(part, guessed, limits)
    if not spans:
        count.note("a multipart has no parts and was read as text")
        part.content_type = "text/plain"
        return
    part.is_multipart = True
    inner = "message/rfc822" if part.content_type == "multipart/digest" else "text/plain"
    for begin, stop in spans:
        if count.parts >= limits.max_parts:
            count.note("too many parts, the rest was skipped")
            break
        part.children.append(
            _read_part(part.raw, begin, stop, inner, part.depth + 1, limits, count)
        )


def _guess_delimiter(part: Part) -> bytes:
    match = _FIRST_DELIMITER.search(part.raw[part.start : min(part.end, part.start + 100_000)])
    return b"--" + match[1] if match else b""


def _find_spans(part: Part, delimiter: bytes, limits: Limits) -> list[tuple[int, int]]:
    """Where the parts begin and end. The line break before a delimiter belongs to it (RFC 2046
    §5.1.1).

    A missing closing delimiter ends the last part at the end of the enclosing one.
    """
    raw, end = part.raw, part.end
    spans: list[tuple[int, int]] = []
    begin = -1
    position = part.start
    for _ in range(_MAX_CANDIDATES):
        found = raw.find(delimiter, position, end)
        if found == -1:
            break
        position = found + len(delimiter)
        if found != part.start and raw[found - 1 : found] != b"\n":
            continue
        newline = raw.find(b"\n", position, min(end, position + 200))
        line_end = newline if newline != -1 else min(end, position + 200)
        rest = raw[position:line_end].strip()
        is_close = rest.startswith(b"--")
        if rest and not is_close:
            continue
        if len(spans) > limits.max_parts:
            break
        if begin != -1:
            spans.append((begin, max(begin, _before_line_break(raw, found))))
        begin = -1 if is_close else min(line_end + 1, end)
        position = line_end
        if is_close and not _continues(raw, delimiter, position, end):
            break
    if begin != -1 and begin <= end:
        spans.append((begin, end))
    return spans


def _continues(raw: bytes, delimiter: bytes, position: int, end: int) -> bool:
    """A closing delimiter that is followed by more parts was written too early by a gateway."""
    return raw.find(b"\n" + delimiter, position, end) != -1


def _before_line_break(raw: bytes, position: int) -> int:
    if raw[position - 1 : position] == b"\n":
        position -= 1
        if raw[position - 1 : position] == b"\r":
            position -= 1
    return position

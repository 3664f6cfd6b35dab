"""Opaque S/MIME signatures (RFC 8551 §3.5.2): the mail lies inside the signature, readable by all.

Outlook and Notes write them when "send clear text" is off; unread, such a mail is an empty text
with a file `smime.p7m`. The signature itself is recognised and not verified.

Own code for the few elements on the way to the content: the libraries read the whole of it without
a bound on elements (20 MB of empty ones take them many seconds).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from channels_in.email.parse.limits import Limits
from channels_in.email.parse.structure import Part, read_structure

TYPES = frozenset(("application/pkcs7-mime", "application/x-pkcs7-mime"))
_NAMES = ("", "smime.p7m")  # others are files that were signed: invoices, contracts
_IS_ENTITY = re.compile(
    rb"\s{0,20}(?:[A-Za-z-]{1,60}:[^\n]{0,998}\n(?:[ \t][^\n]{0,998}\n){0,20}){1,20}\r?\n"
)
_SEQUENCE, _CONTEXT_0 = 0x30, 0xA0
_INTEGER, _OBJECT, _OCTETS, _OCTETS_IN_PIECES = 0x02, 0x06, 0x04, 0x24
_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")  # RFC 5652 §5.1
_MOST_ELEMENTS = 200_000
_DEEPEST = 20


class _NotSigned(Exception):
    """These bytes are no signature with a content, or have too many elements."""


def open_signed(part: Part, limits: Limits) -> Part | None:
    """The mail inside an opaque signature, as the root of a tree; None where there is none.

    Encrypted parts and lists of certificates have none; broken ones and signed files stay files.
    """
    name = part.disposition.get("filename") or part.type_value.get("name")
    is_named = part.content_type == "application/octet-stream" and bool(name)
    if name.lower() not in _NAMES or not (is_named or part.content_type in TYPES):
        return None
    if part.depth >= limits.max_depth:
        return None
    raw, _ = part.decode()
    try:
        content = _read_content(_Elements(raw))
    except (_NotSigned, IndexError):
        return None
    if not _IS_ENTITY.match(content):
        return None
    root, _ = read_structure(content, limits, depth=part.depth + 1)
    return root


def _read_content(elements: _Elements) -> bytes:
    """ContentInfo › SignedData › encapContentInfo › eContent (RFC 5652 §3, §5)."""
    elements.enter(_SEQUENCE)
    if elements.read(_OBJECT) != _SIGNED_DATA:
        raise _NotSigned
    elements.enter(_CONTEXT_0)
    elements.enter(_SEQUENCE)
    elements.read(_INTEGER)  # the version
    elements.skip()  # the digest algorithms
    elements.enter(_SEQUENCE)
    elements.read(_OBJECT)  # what kind of content
    elements.enter(_CONTEXT_0)
    return b"".join(elements.octets())


class _Elements:
    """A place in a BER encoding (X.690 §8) that moves on; what it reads is counted."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._at = 0
        self._left = _MOST_ELEMENTS

    def enter(self, wanted: int) -> None:
        """Go to the first element inside the one that is here."""
        kind, _ = self._head()
        if kind != wanted:
            raise _NotSigned

    def read(self, wanted: int) -> bytes:
        """The bytes of the element that is here; go behind it."""
        kind, size = self._head()
        if kind != wanted or size is None:
            raise _NotSigned
        return self._take(size)

    def skip(self, depth: int = 0) -> None:
        """Go behind the element that is here."""
        _, size = self._head()
        if size is not None:
            self._take(size)
            return
        if depth > _DEEPEST:
            raise _NotSigned
        while not self._ends():
            self.skip(depth + 1)

    def octets(self, depth: int = 0) -> Iterator[bytes]:
        """The pieces of a text of octets, which may be in pieces of pieces (X.690 §8.7)."""
        kind, size = self._head()
        if kind == _OCTETS and size is not None:
            yield self._take(size)
            return
        if kind != _OCTETS_IN_PIECES or depth > _DEEPEST:
            raise _NotSigned
        end = None if size is None else self._at + size
        while self._at < end if end is not None else not self._ends():
            yield from self.octets(depth + 1)

    def _head(self) -> tuple[int, int | None]:
        """Kind and size of the element that is here; a size of None ends with two zeros."""
        self._left -= 1
        if self._left < 0:
            raise _NotSigned
        kind, size = self._raw[self._at], self._raw[self._at + 1]
        self._at += 2
        if size < 0x80:
            return kind, size
        if size == 0x80:
            return kind, None
        return kind, int.from_bytes(self._take(size & 0x7F))

    def _take(self, size: int) -> bytes:
        if size > len(self._raw) - self._at:
            raise _NotSigned  # more than there is
        self._at += size
        return self._raw[self._at - size : self._at]

    def _ends(self) -> bool:
        is_end = self._raw[self._at : self._at + 2] == b"\0\0"
        self._at += 2 if is_end else 0
        return is_end

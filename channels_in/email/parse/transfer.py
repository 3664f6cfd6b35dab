"""Content-Transfer-Encoding (RFC 2045 §6) and uuencode, forgiving: wrong input gives what can be
read.
"""

from __future__ import annotations

import binascii
import re

_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_NOT_BASE64 = bytes(byte for byte in range(256) if byte not in _BASE64)
_PADDING_INSIDE = re.compile(rb"=+[A-Za-z0-9+/]")
_MAX_PIECES = 1000
_MAX_REPAIRED = 1024 * 1024
_UU_BEGIN = re.compile(
    rb"^begin(?:-base64)? +[0-7]{3,4} +([^\r\n]{1,200}?)[ \t]*\r?$", re.MULTILINE
)
_SOFT_BREAK_SPACE = re.compile(rb"=[ \t]+(?=\r?\n)")


def decode_transfer(raw: bytes, encoding: str) -> tuple[bytes, str]:
    """The bytes behind a transfer encoding and a defect sentence (empty when all was well).

    An unknown encoding is taken as identity: RFC 2045 §6.4 wants an opaque part, but mailers that
    write `utf-8` or `8-bit` there mean plain text.
    """
    name = encoding.strip().strip("\"'").lower().split(";")[0].split("(")[0].strip()
    if name in ("", "7bit", "8bit", "binary", "none", "7-bit", "8-bit"):
        return raw, ""
    if name in ("base64", "b", "base-64", "base64:"):
        return decode_base64(raw)
    if name in ("quoted-printable", "quotedprintable", "quoted/printable", "qp", "q"):
        if len(raw) <= _MAX_REPAIRED and (b"= " in raw or b"=\t" in raw):
            raw = _SOFT_BREAK_SPACE.sub(b"=", raw)
        return binascii.a2b_qp(raw), ""
    if name in ("uuencode", "x-uuencode", "uue", "x-uue"):
        found = find_uuencoded(raw, limit=1)
        if found:
            return found[0][3], ""
        return raw, "a uuencoded part has no begin line"
    return raw, "a part has an unknown transfer encoding"


def decode_base64(raw: bytes) -> tuple[bytes, str]:
    """Base64 with line breaks, stray characters, missing or inner padding."""
    if _is_prose(raw):
        return raw, "a part declared as base64 is plain text"
    try:
        decoded = binascii.a2b_base64(raw)
    except binascii.Error:
        decoded = b""
    else:
        # The decoder stops at the first padding; several encoded pieces in a row go on after it.
        if b"=" not in raw.rstrip(b"=\r\n\t "):
            return decoded, ""
    del decoded  # may be as large as what follows
    # No mailer joins very many pieces: that is nonsense, decoded in one go.
    is_nonsense = raw.count(b"=") > _MAX_PIECES
    clean = raw.translate(None, _NOT_BASE64 + b"=" if is_nonsense else _NOT_BASE64)
    if not clean:
        return b"", "a base64 part holds no base64" if raw.strip() else ""
    if len(clean) * 2 < len(raw.strip()) and b" " in raw.strip():
        return raw, "a part declared as base64 is plain text"
    first = clean.find(b"=")
    if first == -1 or not _PADDING_INSIDE.search(clean, first):
        end = first if first != -1 else len(clean)
        whole = end - end % 4
        tail = _decode_padded(clean[whole:end])
        decoded = binascii.a2b_base64(memoryview(clean)[:whole])
        del clean  # fifty megabytes, like each copy that is not made here
        return decoded + tail if tail else decoded, "a base64 part is damaged"
    pieces = [piece for piece in clean.split(b"=") if piece]
    return b"".join(_decode_padded(piece) for piece in pieces), "a base64 part is damaged"


def _is_prose(raw: bytes) -> bool:
    """Words and spaces; base64 has no spaces but at the ends of its lines."""
    return len(raw) > 10 and raw.count(b" ", 0, 4000) * 20 > min(len(raw), 4000)


def _decode_padded(clean: bytes) -> bytes:
    rest = len(clean) % 4
    if rest == 1:
        clean = clean[:-1]
    elif rest:
        clean += b"=" * (4 - rest)
    try:
        return binascii.a2b_base64(clean)
    except binascii.Error:
        return b""


def find_uuencoded(raw: bytes, *, limit: int = 50) -> list[tuple[int, int, bytes, bytes]]:
    """uuencoded files in a text body: (start, end, file name, content) of each complete one."""
    if b"begin" not in raw:
        return []
    found: list[tuple[int, int, bytes, bytes]] = []
    position = 0
    while len(found) < limit:
        begin = _UU_BEGIN.search(raw, position)
        if begin is None:
            break
        decoded, end = _decode_uu_lines(raw, begin.end() + 1)
        if end == -1:
            position = begin.end()
            continue
        found.append((begin.start(), end, begin[1], decoded))
        position = end
    return found


def _decode_uu_lines(raw: bytes, position: int) -> tuple[bytes, int]:
    """Decode until `end`; the position is -1 when a line is no uuencode (then it was prose)."""
    out: list[bytes] = []
    while position < len(raw):
        newline = raw.find(b"\n", position)
        stop = newline if newline != -1 else len(raw)
        line = raw[position:stop].rstrip(b"\r")
        position = stop + 1
        if line.strip() == b"end":
            return b"".join(out), min(position, len(raw))
        if not line or line in (b"`", b" "):
            continue
        if len(line) > 90:
            return b"", -1
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            length = (((line[0] - 32) & 63) * 4 + 5) // 3  # trailing characters added by a gateway
            try:
                out.append(binascii.a2b_uu(line[:length]))
            except binascii.Error:
                return b"", -1
    return b"", -1

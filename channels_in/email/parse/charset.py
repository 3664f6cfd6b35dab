"""Bytes to text: declared charset, then the likely ones, never an exception.

Order and quirks follow what receivers meet: a declared charset is often wrong (UTF-8 under latin-1
or Big5), old names stand for larger sets (WHATWG Encoding Standard: iso-8859-1 means windows-1252,
gb2312 means gb18030, ks_c_5601 means cp949), and unknown names are common.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

# WHATWG Encoding Standard labels, and names seen in mail that Python does not know.
_ALIASES = {
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "l1": "cp1252",
    "ansi": "cp1252",
    "cp-1252": "cp1252",
    "ansi_x3.4-1968": "us-ascii",
    "ascii": "us-ascii",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "iso-8859-6-i": "iso-8859-6",
    "iso-8859-6-e": "iso-8859-6",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "iso-gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "euc-cn": "gb18030",
    "big5": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "big5-eten": "big5hkscs",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "ksc5601": "cp949",
    "euc-kr": "cp949",
    "windows-949": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "cp50220": "iso2022_jp_ext",
    "cp50221": "iso2022_jp_ext",
    "iso-2022-jp-kddi": "iso2022_jp_ext",
    "unicode-1-1-utf-8": "utf-8",
    "utf8": "utf-8",
    "utf-8-bom": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "unicode": "utf-16",
    "ucs-2": "utf-16",
    "macintosh": "mac_roman",
    "x-mac-roman": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "cp-850": "cp850",
    "koi8-ru": "koi8_u",
}
_NO_CHARSET = {"", "us-ascii", "unknown-8bit", "x-unknown", "unknown", "8bit", "binary", "default"}
# Decoders of the standard library that are no charsets for text.
_NOT_TEXT = {"base64", "bz2", "hex", "quopri", "rot13", "uu", "zlib", "idna", "punycode", "mbcs"}
_NOT_TEXT |= {"unicode_escape", "raw_unicode_escape", "undefined", "oem"}

_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
# C0 controls except tab, LF, FF→removed too; DEL; lone surrogates; noncharacters are left alone.
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_C1 = re.compile("[\x80-\x9f]")
_JIS_ESCAPE = re.compile(rb"\x1b[$(]")


@lru_cache(maxsize=256)
def _find_codec(charset: str) -> str | None:
    """The Python codec of a charset label, or None when there is none for text."""
    name = charset.strip().strip("\"'<>").lower().split("*")[0].strip()
    name = _ALIASES.get(name, name)
    if name in _NO_CHARSET or len(name) > 40:
        return None
    if name.startswith("windows") and name[7:].lstrip("-").isdigit():
        name = "cp" + name[7:].lstrip("-")
    try:
        found = codecs.lookup(name).name
        b"a".decode(found, "replace")  # LookupError for what makes no text of bytes (rot-13, zip)
    except (LookupError, ValueError, UnicodeError):
        return None
    if found.replace("-", "_") in _NOT_TEXT:
        return None
    return found


def is_known_charset(charset: str) -> bool:
    """Whether there is a decoder for this label (us-ascii and the like count as known)."""
    return charset.strip().strip("\"'").lower() in _NO_CHARSET or _find_codec(charset) is not None


def decode_text(raw: bytes, charset: str = "") -> str:
    """Decode `raw`, whatever it is; what cannot be decoded becomes U+FFFD.

    1. UTF-8 wins when the bytes are valid UTF-8 with high bytes: no other charset produces that by
       chance in a text of some length. 2. The declared charset. 3. ISO-2022-JP by its escapes.
    4. The declared charset with replacements, else windows-1252.
    """
    codec = _find_codec(charset)
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") and b"\0" in raw[:100]:
        codec = "utf-16"  # its mark, whatever is declared
    if codec is not None and codec.startswith(("utf-16", "utf-32", "utf-7")):
        return _decode_wide(raw, codec)
    if not _HIGH_BYTE.search(raw):
        if (
            b"\x1b" in raw
            and _JIS_ESCAPE.search(raw)
            and (codec or "iso2022_jp")[:10] == "iso2022_jp"
        ):
            return _decode_japanese(raw)
        if codec is not None and codec.startswith(("hz", "iso2022", "cp037", "cp500", "cp1140")):
            return raw.decode(codec, "replace")  # these live in seven bits
        return raw.decode("ascii", "replace")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return text.removeprefix("\ufeff")
    if codec is None:
        return _decode_undeclared(raw)
    if codec == "iso2022_jp_ext":
        return _decode_japanese(raw)
    if codec == "cp1252":
        return _decode_latin(raw)
    if codec == "utf-8":
        return _decode_damaged(raw)
    try:
        return raw.decode(codec)
    except UnicodeDecodeError:
        return raw.decode(codec, "replace")


def _decode_damaged(raw: bytes) -> str:
    """Declared UTF-8 that is none: cut inside a character, or another charset altogether."""
    text = raw.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    good = len(text) - len(text.encode("ascii", "ignore")) - wrong
    return text if good >= wrong or wrong == 1 and raw[-1] > 0x7F else _decode_undeclared(raw)


def _decode_wide(raw: bytes, codec: str) -> str:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError:
        # Declared UTF-16 by a gateway that had already turned the text into ASCII or UTF-8.
        return raw.decode("utf-8", "replace") if b"\0" not in raw else raw.decode(codec, "replace")


def _decode_japanese(raw: bytes) -> str:
    """ISO-2022-JP and what senders put under that name (NEC and IBM rows, KDDI, Shift_JIS)."""
    for codec in ("iso2022_jp_ext", "cp932") if _HIGH_BYTE.search(raw) else ("iso2022_jp_ext",):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    # The rows of cp932 beyond JIS X 0208 (circled digits): turn the escapes into EUC-like pairs.
    return _decode_jis_by_pairs(raw)


def _decode_jis_by_pairs(raw: bytes) -> str:
    text: list[str] = []
    for piece in re.split(rb"(?=\x1b[$(])", raw):
        escape, rest = piece[:3], piece[3:]
        if escape in (b"\x1b$B", b"\x1b$@"):
            body, newline, tail = rest.partition(b"\n")
            text.append(_decode_kuten(body))
            text.append((newline + tail).decode("ascii", "replace"))
        elif escape == b"\x1b(I":
            text.append(bytes(b | 0x80 for b in rest).decode("cp932", "replace"))
        elif escape in (b"\x1b(B", b"\x1b(J"):
            text.append(rest.decode("ascii", "replace"))
        else:
            text.append(piece.decode("ascii", "replace"))
    return "".join(text)


def _decode_kuten(pairs: bytes) -> str:
    """Two-byte JIS rows, shifted into cp932 (the formula of JIS X 0208 annex 1)."""
    shifted = bytearray()
    for high, low in zip(pairs[::2], pairs[1::2], strict=False):
        lead = (high + 1) // 2 + (0x70 if high <= 0x5E else 0xB0)
        trail = low + (0x7E if high % 2 == 0 else (0x1F if low < 0x60 else 0x20))
        shifted += bytes((lead & 0xFF, trail & 0xFF))
    return shifted.decode("cp932", "replace")


def _decode_latin(raw: bytes) -> str:
    """windows-1252; its five holes are read as ISO 8859-1, as browsers do."""
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _decode_undeclared(raw: bytes) -> str:
    """Eight-bit text without a charset. Western by default, others only when they are clear."""
    sample = raw[:4000]
    high = len(_HIGH_BYTE.findall(sample))
    if high < 8 or high * 10 < len(sample) * 2:
        return _decode_latin(raw)
    for codec in ("cp932", "euc_jp", "cp949", "gb18030", "big5hkscs", "cp1251", "koi8_r"):
        try:
            text = raw.decode(codec)
        except UnicodeDecodeError:
            continue
        if _looks_written_in(text, codec):
            return text
    return _decode_latin(raw)


def _looks_written_in(text: str, codec: str) -> bool:
    letters = [c for c in text[:4000] if c > "\x7f"]
    if not letters:
        return False
    if codec == "gb18030":
        common = sum(
            "\u4e00" <= c <= "\u9fff" or "\u3000" <= c <= "\u303f" or c > "\uff00" for c in letters
        )
    elif codec in ("cp932", "euc_jp"):
        common = sum("\u3040" <= c <= "\u30ff" for c in letters) * 3
        common -= sum("\uff61" <= c <= "\uff9f" for c in letters) * 3  # lone bytes of other sets
    elif codec == "cp949":
        # Hangul lies in a third of the rows that Chinese uses; a Chinese text leaves them soon.
        common = sum("\uac00" <= c <= "\ud7a3" for c in letters)
        return common >= len(letters) * 0.97
    elif codec == "big5hkscs":
        common = sum("\u4e00" <= c <= "\u9fff" for c in letters)
    else:
        common = sum("\u0430" <= c <= "\u044f" for c in letters) * 4 // 3
    return common >= len(letters) * 0.9


def make_storable(text: str) -> str:
    """Drop what PostgreSQL or a browser cannot take: NUL, C0 controls, lone surrogates."""
    return _UNSTORABLE.sub("", text) if _UNSTORABLE.search(text) else text


def make_one_line(text: str) -> str:
    """A header value or name on one line: no line breaks (header injection), no controls."""
    text = make_storable(text)
    if "\n" in text or "\r" in text or "\t" in text or "\u2028" in text:
        text = text.translate(_LINE_BREAKS)
    if _C1.search(text):
        text = _C1.sub("", text)
    return text


_LINE_BREAKS = {ord(c): " " for c in "\r\n\t\u2028\u2029"}

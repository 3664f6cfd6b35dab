"""winmail.dat: files and body that Outlook packed into TNEF (MS-OXTNEF).

Own code because it is small: the parser must be pure, bounded, and keep the file when it cannot
read it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from channels_in.email.parse.attachments import clean_filename
from channels_in.email.parse.bodies import Block, Bodies
from channels_in.email.parse.charset import decode_text, make_storable
from channels_in.email.parse.limits import Limits
from channels_in.email.parse.rtf import read_rtf, unpack_rtf
from channels_in.email.parse.structure import Part
from channels_in.messages import IncomingAttachment

_TYPES = frozenset(("application/ms-tnef", "application/vnd.ms-tnef"))
_SIGNATURE = b"\x78\x9f\x3e\x22"

# MS-OXTNEF 2.1.3.2 attributes.
_NEW_ATTACHMENT = 0x00069002
_ATTACHMENT_TITLE = 0x00018010
_ATTACHMENT_DATA = 0x0006800F
_ATTACHMENT_PROPERTIES = 0x00069005
_MESSAGE_PROPERTIES = 0x00069003
_MESSAGE_BODY = 0x0002800C
_OEM_CODEPAGE = 0x00069007

# MS-OXPROPS ids.
_BODY = 0x1000
_BODY_RTF = 0x1009
_BODY_HTML = 0x1013
_ATTACH_DATA = 0x3701
_ATTACH_LONG_FILENAME = 0x3707
_ATTACH_MIME_TAG = 0x370E
_ATTACH_CONTENT_ID = 0x3712

# Sizes in the stream of fixed property types (MS-OXCDATA 2.11.1), padded to four bytes.
_FIXED = {0x01: 4, 0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4}
_FIXED |= {0x14: 8, 0x40: 8, 0x48: 16}
_VARIABLE = frozenset((0x0D, 0x1E, 0x1F, 0x102))
_UNICODE = 0x1F
_MAX_PROPERTIES = 2000


@dataclass(slots=True)
class _File:
    title: str = ""
    name: str = ""
    content_type: str = ""
    content_id: str = ""
    content: bytes = b""


@dataclass(slots=True)
class _Package:
    files: list[_File] = field(default_factory=list)
    plain: str = ""
    html: str = ""
    rtf: bytes = b""
    codepage: str = "cp1252"


def take_packed(bodies: Bodies, limits: Limits, defects: list[str]) -> list[IncomingAttachment]:
    """Replace each winmail.dat by the files inside; its body counts when the mail has no other
    text.
    """
    taken: list[IncomingAttachment] = []
    for part in [part for part in bodies.files if _is_tnef(part)]:
        content, _ = part.decode()
        package = unpack(content, limits)
        if package is None or not (package.files or package.plain or package.html):
            defects.append("a winmail.dat could not be unpacked and was kept as it is")
            continue
        bodies.files.remove(part)
        has_text = any(block.plain.strip() or block.html.strip() for block in bodies.blocks)
        if not has_text and (package.plain or package.html):
            bodies.blocks.append(Block(plain=package.plain, html=package.html))
        taken += [_to_attachment(file, number) for number, file in enumerate(package.files, 1)]
    return taken[: limits.max_attachments]


def _is_tnef(part: Part) -> bool:
    if part.content_type in _TYPES:
        return True
    name = part.disposition.get("filename") or part.type_value.get("name")
    return name.lower() == "winmail.dat"


def _to_attachment(file: _File, number: int) -> IncomingAttachment:
    return IncomingAttachment(
        filename=clean_filename(file.name or file.title or f"attachment-{number}"),
        content_type=file.content_type.lower() or "application/octet-stream",
        content=file.content,
        content_id=file.content_id or None,
    )


def unpack(raw: bytes, limits: Limits) -> _Package | None:
    """Files and body of a TNEF stream; None when it is none, or cut off before its first file."""
    if not raw.startswith(_SIGNATURE):
        return None
    package = _Package()
    try:
        for attribute, value in _read_attributes(raw):
            _take_attribute(package, attribute, value, limits)
    except (struct.error, ValueError, IndexError):
        if not package.files:
            return None  # what was complete before the damage is kept
    if package.rtf and not package.html:
        plain, package.html = read_rtf(unpack_rtf(package.rtf))
        package.plain = package.plain or make_storable(plain[: limits.max_text_characters])
        package.html = make_storable(package.html)
    return package


def _read_attributes(raw: bytes) -> Iterator[tuple[int, bytes]]:
    position = 6
    while position + 9 <= len(raw):
        attribute, length = struct.unpack_from("<II", raw, position + 1)
        begin = position + 9
        if begin + length > len(raw):
            raise ValueError
        yield attribute, raw[begin : begin + length]
        position = begin + length + 2  # a checksum follows


def _take_attribute(package: _Package, attribute: int, value: bytes, limits: Limits) -> None:
    if attribute == _NEW_ATTACHMENT:
        if len(package.files) >= limits.max_attachments:
            raise ValueError
        package.files.append(_File())
    elif attribute == _OEM_CODEPAGE and len(value) >= 4:
        package.codepage = f"cp{struct.unpack_from('<I', value)[0]}"
    elif attribute == _MESSAGE_BODY:
        package.plain = package.plain or _clean(value, package.codepage, limits)
    elif attribute == _MESSAGE_PROPERTIES:
        for identity, kind, data in _read_properties(value):
            if identity == _BODY and not package.plain:
                package.plain = _clean(data, _charset(kind, package), limits)
            elif identity == _BODY_HTML:
                package.html = _clean(data, _charset(kind, package), limits)
            elif identity == _BODY_RTF:
                package.rtf = data
    elif package.files:
        _take_file_attribute(package, attribute, value)


def _take_file_attribute(package: _Package, attribute: int, value: bytes) -> None:
    file = package.files[-1]
    if attribute == _ATTACHMENT_TITLE:
        file.title = decode_text(value.rstrip(b"\0"), package.codepage)
    elif attribute == _ATTACHMENT_DATA:
        file.content = value
    elif attribute == _ATTACHMENT_PROPERTIES:
        for identity, kind, data in _read_properties(value):
            if identity == _ATTACH_DATA and not file.content:
                file.content = data
                continue
            text = _clean(data, _charset(kind, package), Limits())[:1000]
            if identity == _ATTACH_LONG_FILENAME:
                file.name = text
            elif identity == _ATTACH_MIME_TAG:
                file.content_type = text
            elif identity == _ATTACH_CONTENT_ID:
                file.content_id = text.strip("<>")


def _charset(kind: int, package: _Package) -> str:
    return "utf-16-le" if kind == _UNICODE else package.codepage


def _clean(raw: bytes, charset: str, limits: Limits) -> str:
    text = decode_text(raw[: limits.max_text_characters * 2], charset)
    return make_storable(text).replace("\r\n", "\n").strip("\n")


def _read_properties(raw: bytes) -> Iterator[tuple[int, int, bytes]]:
    """(id, type, value) of each MAPI property; of several values the first."""
    (count,) = struct.unpack_from("<I", raw, 0)
    position = 4
    for _ in range(min(count, _MAX_PROPERTIES)):
        kind, identity = struct.unpack_from("<HH", raw, position)
        position += 4
        if identity >= 0x8000:
            position = _skip_name(raw, position)
        is_multiple = bool(kind & 0x1000)
        kind &= 0x0FFF
        values = 1
        if is_multiple or kind in _VARIABLE:
            (values,) = struct.unpack_from("<I", raw, position)
            position += 4
        if values > _MAX_PROPERTIES:
            raise ValueError
        first = b""
        for number in range(values):
            value, position = _read_value(raw, position, kind)
            first = value if number == 0 else first
        yield identity, kind, first


def _skip_name(raw: bytes, position: int) -> int:
    """Named properties carry a GUID and a number or a padded name (MS-OXTNEF 2.1.3.4)."""
    (kind,) = struct.unpack_from("<I", raw, position + 16)
    position += 20
    if kind == 0:
        return position + 4
    length: int = struct.unpack_from("<I", raw, position)[0]
    return position + 4 + (length + 3) // 4 * 4


def _read_value(raw: bytes, position: int, kind: int) -> tuple[bytes, int]:
    if kind in _FIXED:
        size = _FIXED[kind]
        return raw[position : position + size], position + size
    if kind not in _VARIABLE:
        raise ValueError
    (length,) = struct.unpack_from("<I", raw, position)
    position += 4
    if position + length > len(raw):
        raise ValueError
    value = raw[position : position + length]
    if kind == 0x0D:
        value = value[16:]  # the interface id of an object
    return value, position + (length + 3) // 4 * 4

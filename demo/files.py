"""Tiny valid files for the attachments of the demo; the same bytes for the same seed."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from random import Random

Colour = tuple[int, int, int]

_PALETTE: tuple[tuple[Colour, Colour], ...] = (
    ((236, 233, 252), (150, 138, 214)),
    ((253, 240, 226), (222, 160, 104)),
    ((228, 244, 238), (104, 176, 152)),
    ((230, 240, 252), (110, 152, 212)),
    ((250, 232, 238), (206, 118, 146)),
)
_GOODS = ("Halden table lamp", "Pila kettle", "Fjell bookcase", "Aster rug", "Vento blender")


def make(kind: str, seed: int) -> bytes:
    """The bytes of a file of this kind; raises KeyError for a kind it does not know."""
    return _MAKERS[kind](Random(seed))


def _order(rng: Random) -> tuple[str, list[tuple[str, int, str]]]:
    """An order number and its lines (product, quantity, price)."""
    lines = [
        (product, rng.randint(1, 4), f"{rng.randint(9, 240)}.{rng.choice(('00', '50', '90'))}")
        for product in rng.sample(_GOODS, 3)
    ]
    return f"BC-2026-{rng.randint(101000, 119899)}", lines


def _txt(rng: Random) -> bytes:
    number, lines = _order(rng)
    rows = [
        f"12:0{minute} {product}: step {count} done"
        for minute, (product, count, _) in enumerate(lines)
    ]
    return "\n".join((f"Log for {number}", *rows, "12:05 error: no answer (timeout)", "")).encode()


def _csv(rng: Random) -> bytes:
    number, lines = _order(rng)
    rows = [f"{number},{product},{count},{price}" for product, count, price in lines]
    return "\r\n".join(("order,product,quantity,price", *rows, "")).encode()


def _pdf(rng: Random) -> bytes:
    """One A4 page, written by hand (ISO 32000-1, 7.5)."""
    number, lines = _order(rng)
    texts = [("F2", 20, 60, 770, "BrightCart"), ("F1", 11, 60, 740, f"Document for order {number}")]
    for row, (product, count, price) in enumerate(lines):
        y = 700 - 20 * row
        texts.append(("F1", 11, 60, y, f"{count} x {product}"))
        texts.append(("F1", 11, 460, y, f"EUR {price}"))
    texts.append(("F1", 9, 60, 60, "Example document. BrightCart is a fictional company."))
    drawn = "\n".join(
        f"BT /{font} {size} Tf {x} {y} Td ({text}) Tj ET" for font, size, x, y, text in texts
    )
    stream = f"0.6 w 60 725 m 535 725 l S\n{drawn}\n".encode("ascii")
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>"
    )
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page,
        b"<< /Length %d >>\nstream\n%sendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>",
    )
    made = bytearray(b"%PDF-1.4\n")
    offsets = []
    for index, content in enumerate(objects, start=1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (index, content)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    made += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return bytes(made + b"startxref\n%d\n%%%%EOF\n" % start)


def _mix(pair: tuple[Colour, Colour], share: float) -> Colour:
    first, second = pair
    red, green, blue = (
        round(one + (two - one) * share) for one, two in zip(first, second, strict=True)
    )
    return red, green, blue


SHADES = 255


def _png(rng: Random, width: int = 240, height: int = 160) -> bytes:
    """A soft gradient with a rounded patch of light."""
    pair = rng.choice(_PALETTE)
    centre_x, centre_y = rng.uniform(0.25, 0.75) * width, rng.uniform(0.25, 0.75) * height
    colours = [bytes(_mix(pair, step / SHADES)) for step in range(SHADES + 1)]
    raw = bytearray()
    for y in range(height):
        raw.append(0)
        for x in range(width):
            distance = ((x - centre_x) ** 2 + (y - centre_y) ** 2) ** 0.5 / width
            raw += colours[int(min(1.0, distance * 0.8 + y / height * 0.35) * SHADES)]
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(raw), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_png_chunk(name, body) for name, body in parts)


def _png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


# Code lengths of the standard table for luminance DC differences (ITU-T T.81, K.3.1).
_DC_LENGTHS = (0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0)


def _jpg(rng: Random, columns: int = 30, rows: int = 20) -> bytes:
    """A baseline JPEG whose blocks of 8 by 8 pixels have one colour each (T.81).

    Only the DC coefficients differ, so the AC table needs a single code: end of block.
    """
    pair, tilt = rng.choice(_PALETTE), rng.random()
    bits: list[str] = []
    before = [0, 0, 0]
    for row in range(rows):
        for column in range(columns):
            colour = _mix(pair, row / rows * tilt + column / columns * (1 - tilt))
            for index, level in enumerate(_ycc(colour)):
                bits.append(_dc_code(level - before[index]) + "0")
                before[index] = level
    text = "".join(bits)
    text += "1" * (-len(text) % 8)
    data = bytes(int(text[at : at + 8], 2) for at in range(0, len(text), 8))
    frame = struct.pack(">BHHB", 8, rows * 8, columns * 8, 3)
    frame += bytes((1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0))
    segments = (
        (0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"),
        (0xDB, b"\x00" + b"\x08" * 64),
        (0xC0, frame),
        (0xC4, b"\x00" + bytes(_DC_LENGTHS) + bytes(range(12))),
        (0xC4, b"\x10" + bytes((1, *(0,) * 15)) + b"\x00"),
        (0xDA, bytes((3, 1, 0, 2, 0, 3, 0, 0, 63, 0))),
    )
    head = b"".join(
        struct.pack(">BBH", 0xFF, mark, len(body) + 2) + body for mark, body in segments
    )
    return b"\xff\xd8" + head + data.replace(b"\xff", b"\xff\x00") + b"\xff\xd9"


def _ycc(colour: Colour) -> tuple[int, int, int]:
    """The DC levels of a plain block: with a quantiser of 8 the level is the value itself."""
    red, green, blue = colour
    luma = 0.299 * red + 0.587 * green + 0.114 * blue
    return round(luma - 128), round((blue - luma) * 0.564), round((red - luma) * 0.713)


@cache
def _dc_code(difference: int) -> str:
    size = abs(difference).bit_length()
    codes = []
    code = 0
    for length, count in enumerate(_DC_LENGTHS, start=1):
        for _ in range(count):
            codes.append(format(code, f"0{length}b"))
            code += 1
        code <<= 1
    if not size:
        return codes[0]
    value = difference if difference > 0 else difference + (1 << size) - 1
    return codes[size] + format(value, f"0{size}b")


_DOCX_PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    ),
}


def _docx(rng: Random) -> bytes:
    number, lines = _order(rng)
    texts = (f"Quote for order {number}", *(f"{n} x {what}: EUR {cost}" for what, n, cost in lines))
    paragraphs = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
    document = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{paragraphs}</w:body></w:document>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in (*_DOCX_PARTS.items(), ("word/document.xml", document)):
            entry = zipfile.ZipInfo(name, date_time=(2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            archive.writestr(entry, '<?xml version="1.0" encoding="UTF-8"?>' + xml)
    return made.getvalue()


_MAKERS: dict[str, Callable[[Random], bytes]] = {
    "pdf": _pdf,
    "png": _png,
    "jpg": _jpg,
    "txt": _txt,
    "csv": _csv,
    "docx": _docx,
}

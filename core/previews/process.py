"""The process in which pictures and PDF pages of strangers are read.

It gets bytes and gives a WebP picture, with little memory and time, no environment, and no way to
write a file: whatever a file does to a decoder, it does here. Nothing of the house is imported.

    thumbnail SIDE      the picture, at most SIDE pixels wide and high
    page NUMBER WIDTH   a page of a PDF, counted from 0
"""

from __future__ import annotations

import io
import json
import resource
import sys
import warnings

MEMORY = 1_500_000_000  # bytes of addresses; PDFium and Pillow map more than they use
CPU_SECONDS = 10
PIXELS = 60_000_000  # of a picture that is read at all
FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
TALLEST = 6.0  # height of a page in widths: longer ones are cut off


def main() -> int:
    _bind()
    kind, first, *rest = sys.argv[1:]
    content = sys.stdin.buffer.read()
    try:
        if kind == "thumbnail":
            facts, picture = _thumbnail(content, int(first))
        else:
            facts, picture = _page(content, int(first), int(rest[0]))
    except Exception as error:  # noqa: BLE001  a stranger's file may do anything to a decoder
        sys.stderr.write(type(error).__name__)
        return 1
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + picture)
    return 0


def _bind() -> None:
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_NOFILE, 32),
    ):  # fmt: skip
        resource.setrlimit(what, (limit, limit))


def _thumbnail(content: bytes, side: int) -> tuple[dict[str, int], bytes]:
    from PIL import Image, ImageOps

    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = PIXELS // 2  # Pillow refuses twice as many
    with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
        if picture.width * picture.height > PIXELS:
            raise ValueError("too many pixels")
        picture.draft("RGB", (side, side))  # a JPEG is read at a fraction of its size
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((side, side))
        plain = upright.convert(
            "RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB"
        )
        return _facts(plain.width, plain.height, 1), _webp(plain)


def _page(content: bytes, number: int, width: int) -> tuple[dict[str, int], bytes]:
    import pypdfium2

    with pypdfium2.PdfDocument(content) as document:
        page = document[number]
        wide, high = page.get_size()
        scale = min(width / max(wide, 1), TALLEST * width / max(high, 1))
        if wide * high * scale * scale > PIXELS:
            raise ValueError("too many pixels")
        picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
        return _facts(picture.width, picture.height, len(document)), _webp(picture)


def _facts(width: int, height: int, pages: int) -> dict[str, int]:
    return {"width": width, "height": height, "pages": pages}


def _webp(picture: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=82, method=3)  # type: ignore[attr-defined]
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())

"""Photos that people upload: read with suspicion, written anew.

Nothing of the file is kept but its pixels, so that no script, no second format and no place where
it was taken survives (attacks 17–19). How large it is becomes known before anything is decoded.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps

MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 40_000_000
SIDE = 256  # of what is kept
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")


class NotAPicture(ValueError):
    """The file cannot be used; the sentence says why and can be shown."""


@dataclass(frozen=True, slots=True)
class Crop:
    """The square that is kept, as parts of the width and height: left, top, and side of the
    shorter edge. The middle when none is chosen.
    """

    left: float = -1
    top: float = -1
    side: float = 1


def square_photo(content: bytes, crop: Crop | None = None) -> bytes:
    """A photo as a square WebP of SIDE pixels without anything else. Raises NotAPicture."""
    if len(content) > MAX_BYTES:
        raise NotAPicture("The picture is larger than 8 MB.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _written(_read(content), crop or Crop())
    except NotAPicture:
        raise
    # Decoders raise whatever they like at damaged files.
    except Exception as error:  # noqa: BLE001
        raise NotAPicture(
            "This is no picture that can be read. Use PNG, JPEG, WebP or GIF."
        ) from error


def _read(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content), formats=_FORMATS)
    width, height = picture.size
    if width * height > MAX_PIXELS:
        raise NotAPicture("The picture has more than 40 million pixels.")
    if min(width, height) < 16:
        raise NotAPicture("The picture is smaller than 16 pixels.")
    picture.draft("RGB", (4 * SIDE, 4 * SIDE))  # JPEG: decodes at a smaller size where that will do
    picture.load()  # the first frame of an animation
    return ImageOps.exif_transpose(picture)


def _written(picture: Image.Image, crop: Crop) -> bytes:
    if picture.mode in ("RGBA", "LA", "PA", "P"):
        colours = picture.convert("RGBA")
        flat = Image.new("RGB", picture.size, "white")
        flat.paste(colours, mask=colours.getchannel("A"))
    else:
        flat = picture.convert("RGB")
    square = flat.crop(_box(flat.size, crop)).resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    square.save(out, "WEBP", quality=86, method=4)
    return out.getvalue()


def _box(size: tuple[int, int], crop: Crop) -> tuple[int, int, int, int]:
    """The square within the picture, whatever was asked for."""
    width, height = size
    share = crop.side if 0.05 <= crop.side <= 1 else 1
    side = max(1, round(min(size) * share))
    left = round(crop.left * width) if 0 <= crop.left <= 1 else (width - side) // 2
    top = round(crop.top * height) if 0 <= crop.top <= 1 else (height - side) // 2
    left, top = min(max(0, left), width - side), min(max(0, top), height - side)
    return left, top, left + side, top + side

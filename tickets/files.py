"""Names and types of files that came from outside. Normalise first, then judge (attacks 17–19)."""

from __future__ import annotations

import mimetypes
import re
import unicodedata

_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\<>:"|?*]+')
_LENGTH = 150

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
)
_CLAIMS_NEED_PROOF = {"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"}


def clean_filename(name: str) -> str:
    """A harmless name for showing and downloading; never used as a path.

    NFC, no control, format (zero-width, right-to-left override) or path characters, no leading or
    trailing dots, at most 150 letters with the ending kept.
    """
    name = unicodedata.normalize("NFC", name)
    name = "".join(
        letter for letter in name if unicodedata.category(letter) not in ("Cf", "Cs", "Co")
    )
    name = _UNSAFE.sub("_", name).strip(" ._")
    if not name:
        return "file"
    if len(name) > _LENGTH:
        stem, dot, ending = name.rpartition(".")
        keep = dot + ending if dot and len(ending) <= 10 else ""
        name = (stem or name)[: _LENGTH - len(keep)] + keep
    return name


def sniff_content_type(head: bytes, filename: str) -> str:
    """The type by the first bytes; the name's ending decides only where it can do no harm."""
    for magic, content_type in _MAGIC:
        if head.startswith(magic):
            guess = mimetypes.guess_type(filename)[0] or ""
            office = content_type == "application/zip" and guess.startswith("application/vnd.")
            return guess if office else content_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    guess = mimetypes.guess_type(filename)[0] or "application/octet-stream"
    return "application/octet-stream" if guess in _CLAIMS_NEED_PROOF else guess

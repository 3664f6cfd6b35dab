"""Attacks 17–19, 26: photos that people upload. What is kept is pixels, whatever was sent."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core.pictures import Crop, NotAPicture, square_photo
from tests.factories import sign_in
from tests.security.conftest import SECRET

pytestmark = pytest.mark.usefixtures("clean_cache")


def written(kind: str, size=(64, 64), **how) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#3451b2").save(out, kind, **how)
    return out.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """A few bytes that say they are a huge picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"x"))


@pytest.mark.parametrize(
    "content",
    [
        b"", b"<script>alert(1)</script>", b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7", b"GIF89a<script>", written("PNG")[:80], written("BMP"), written("TIFF"),
        written("ICO"), png_that_claims(50_000, 50_000), png_that_claims(60_000, 1_000),
        written("PNG", (8, 8)), b"\x89PNG\r\n\x1a\n" + b"\0" * 9_000_000,
    ],
)  # fmt: skip
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(NotAPicture):
        square_photo(content)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_with_something_behind_it_loses_it(kind):
    kept = square_photo(written(kind) + f"<script>{SECRET}</script>".encode())
    assert SECRET.encode() not in kept
    assert Image.open(io.BytesIO(kept)).format == "WEBP"


def test_where_it_was_taken_is_not_kept():
    exif = Image.Exif()
    exif[0x010E] = SECRET
    exif[0x0112] = 6  # turned
    kept = square_photo(written("JPEG", exif=exif))
    assert SECRET.encode() not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()


@pytest.mark.parametrize(
    "crop", [Crop(9, 9, 9), Crop(-5, -5, 0), Crop(1, 1, 1), Crop(0.99, 0, 0.05)]
)
def test_a_square_outside_the_picture_is_moved_into_it(crop):
    assert Image.open(io.BytesIO(square_photo(written("PNG"), crop))).size == (256, 256)


@pytest.mark.django_db
def test_a_refused_file_changes_nothing_and_the_page_says_why(client, alice):
    sign_in(client, alice)
    for name, content in (
        ("a.svg", b"<svg/>"),
        ("../../x.php", b"<?php"),
        ("\u202egpj.exe", b"MZ"),
    ):
        answer = client.post("/settings/photo/", {"photo": SimpleUploadedFile(name, content)})
        assert answer.status_code == 422
        assert "no picture that can be read" in answer.content.decode()
    alice.refresh_from_db()
    assert alice.photo == ""


@pytest.mark.django_db
def test_a_key_that_is_nobodys_photo_opens_no_file(client, world, alice):
    sign_in(client, alice)
    key = world.secret_file.key.rpartition("/")[2]
    assert client.get(f"/photos/{key}/").status_code == 404
    assert client.get("/photos/..%2f..%2fsecret/").status_code == 404

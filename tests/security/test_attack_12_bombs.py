"""Attack 12: mail made to exhaust us goes through the funnel in bounded time, and is kept raw."""

from __future__ import annotations

import base64
import io
import time
import zipfile

import pytest

from channels_in.models import Fate
from channels_in.receive import raw_bytes
from tests.channels_in.conftest import account, arrive  # noqa: F401
from tickets.models import Attachment

HEAD = b"From: carol@nordwind.example\r\nTo: support@example.com\r\nSubject: Bomb\r\n"
MIXED = b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'


def many_parts() -> bytes:
    return HEAD + MIXED + b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n" * 10_000 + b"--b--\r\n"


def deep() -> bytes:
    levels = [
        f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n' for n in range(1000)
    ]
    return HEAD + "".join(levels).encode() + b"Content-Type: text/plain\r\n\r\nx"


def zip_bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", b"\0" * 100_000_000)
    file = b"--b\r\nContent-Type: application/zip; name=a.zip\r\n"
    file += b"Content-Transfer-Encoding: base64\r\n\r\n"
    return HEAD + MIXED + file + base64.encodebytes(packed.getvalue()) + b"--b--\r\n"


BOMBS = {
    "10,000 parts": many_parts,
    "1,000 levels": deep,
    "header of 20 MB": lambda: HEAD + b"X-Long: " + b"a" * 20_000_000 + b"\r\n\r\nx",
    "endless base64": lambda: (
        HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"QUFB" * 5_000_000
    ),
    "zip bomb": zip_bomb,
    "subject that kills patterns": lambda: (
        HEAD.replace(b"Bomb", b"Re: " * 20_000 + b"=?utf-8?Q?" * 5_000) + b"\r\nx"
    ),
    "address that kills patterns": lambda: (
        HEAD.replace(b"support", b'"' + b"a@" * 30_000 + b"(" * 30_000) + b"\r\nx"
    ),
    "html of entities": lambda: HEAD + b"Content-Type: text/html\r\n\r\n" + b"&nbsp;" * 800_000,
    "html of tags": lambda: HEAD + b"Content-Type: text/html\r\n\r\n" + b"<div>" * 2_000_000,
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_visibly_in_bounded_time_and_is_kept(arrive, name):  # noqa: F811
    raw = BOMBS[name]()
    started = time.process_time()
    item = arrive(raw)
    assert time.process_time() - started < 8  # two at most, alone
    assert raw_bytes(item) == raw
    assert item.fate in (Fate.COMMENT, Fate.SUSPENDED)
    assert item.fate == Fate.COMMENT or item.reason
    assert Attachment.objects.count() <= 200


@pytest.mark.django_db
def test_an_archive_is_kept_as_it_came(arrive):  # noqa: F811
    item = arrive(zip_bomb())
    file = item.comment.attachments.get()
    assert (file.filename, file.size < 200_000) == ("a.zip", True)

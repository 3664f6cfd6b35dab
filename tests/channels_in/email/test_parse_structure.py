"""Parts, files and bodies, and the bounds that hold against hostile mail (attack A12)."""

from __future__ import annotations

import base64
import struct
import time

import pytest

from channels_in.email.parse import Limits, UnreadableMail, parse
from channels_in.email.parse.attachments import clean_filename

HEAD = b"From: Carol <carol@example.com>\r\nTo: support@example.org\r\nSubject: x\r\n"
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"0" * 40)


def _multipart(kind: str, *parts: bytes, boundary: str = "b", head: bytes = HEAD) -> bytes:
    mark = b"--" + boundary.encode()
    body = b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts)
    return (
        head
        + f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode()
        + body
        + mark
        + b"--\r\n"
    )


TEXT = b"Content-Type: text/plain; charset=utf-8\r\n\r\nHello"
HTML = b'Content-Type: text/html; charset=utf-8\r\n\r\n<p>Hello <img src="cid:pic@x"></p>'
PICTURE = (
    b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <pic@x>\r\n\r\n"
    + PNG
)
FILE = (
    b"Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n"
    b"Content-Disposition: attachment; filename=a.pdf\r\n\r\n" + base64.b64encode(b"%PDF")
)


def test_alternatives_are_one_text_and_one_html() -> None:
    message = parse(_multipart("alternative", TEXT, HTML))
    assert message.text == "Hello"
    assert message.html.startswith("<p>Hello")
    assert message.attachments == ()


def test_html_alone_becomes_text() -> None:
    message = parse(HEAD + b"Content-Type: text/html\r\n\r\n<p>One</p><ul><li>two</ul>")
    assert message.text == "One\n\n- two"


def test_an_empty_text_part_gives_way_to_the_html() -> None:
    message = parse(_multipart("alternative", b"Content-Type: text/plain\r\n\r\n \r\n", HTML))
    assert message.text == "Hello"


def test_a_text_part_that_only_points_at_the_html_gives_way() -> None:
    stub = b"Content-Type: text/plain\r\n\r\nPlease use an HTML viewer."
    html = (
        b"Content-Type: text/html\r\n\r\n"
        + b"<p>Hello</p><p>My order never came, it is late.</p>" * 2
    )
    assert parse(_multipart("alternative", stub, html)).reply_text.startswith("Hello\n\nMy order")
    short = b"Content-Type: text/plain\r\n\r\nHello"
    assert parse(_multipart("alternative", short, html)).reply_text == "Hello"


def test_a_picture_is_inline_only_when_the_html_shows_it() -> None:
    related = _multipart("related", HTML, PICTURE, head=b"", boundary="r")
    message = parse(_multipart("mixed", related, PICTURE.replace(b"pic@x", b"other@x"), FILE))
    assert [(a.content_id, a.is_inline) for a in message.attachments] == [
        ("pic@x", True),
        ("other@x", False),
        (None, False),
    ]
    assert [a.filename for a in message.attachments] == ["image-1.png", "image-2.png", "a.pdf"]
    assert message.attachments[2].content == b"%PDF"
    assert message.attachments[2].size == 4


def test_text_between_pictures_is_one_body() -> None:
    second = TEXT.replace(b"Hello", b"Bye")
    assert parse(_multipart("mixed", TEXT, PICTURE, second)).text == "Hello\n\nBye"


def test_a_named_text_is_a_file_also_when_inline() -> None:
    named = b"Content-Type: text/plain; name=log.txt\r\nContent-Disposition: inline\r\n\r\nlog"
    message = parse(_multipart("mixed", TEXT, named))
    assert message.text == "Hello"
    assert [a.filename for a in message.attachments] == ["log.txt"]


def test_an_enclosed_mail_is_one_file() -> None:
    inner = b"Content-Type: message/rfc822\r\n\r\n" + _multipart("mixed", TEXT, FILE, boundary="i")
    message = parse(_multipart("mixed", TEXT, inner))
    assert [(a.filename, a.content_type) for a in message.attachments] == [
        ("x.eml", "message/rfc822")
    ]
    assert b"a.pdf" in message.attachments[0].content


def test_a_signed_mail_is_read_and_its_signature_is_no_file() -> None:
    signature = b"Content-Type: application/pgp-signature; name=signature.asc\r\n\r\n-----BEGIN"
    message = parse(_multipart("signed", TEXT, signature))
    assert message.is_signed
    assert message.text == "Hello"
    assert message.attachments == ()


def test_an_encrypted_mail_keeps_its_parts_as_files() -> None:
    control = b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1"
    sealed = b"Content-Type: application/octet-stream; name=encrypted.asc\r\n\r\n-----BEGIN"
    message = parse(_multipart("encrypted", control, sealed))
    assert message.is_encrypted
    assert len(message.attachments) == 2
    assert message.text == ""


def test_an_invitation_is_read() -> None:
    event = (
        b"Content-Type: text/calendar; method=REQUEST\r\n\r\n"
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1@x\r\n"
        b"SUMMARY:A long\r\n  name\\, really\r\n"
        b"DTSTART;TZID=Europe/Berlin:20251103T100000\r\nEND:VEVENT\r\n"
    )
    message = parse(_multipart("alternative", TEXT, event))
    assert message.calendar is not None
    assert message.calendar.method == "REQUEST"
    assert message.calendar.summary == "A long name, really"
    assert message.calendar.starts == "20251103T100000"
    assert message.attachments == ()


def test_a_uuencoded_file_is_taken_out_of_the_text() -> None:
    message = parse(
        HEAD + b"\r\nsee below\r\n\r\nbegin 644 a.txt\r\n#0V%T\r\n`\r\nend\r\n\r\nbye\r\n"
    )
    assert message.attachments[0].content == b"Cat"
    assert message.attachments[0].filename == "a.txt"
    assert message.text.split() == ["see", "below", "bye"]


def _tnef(*attributes: tuple[int, int, bytes]) -> bytes:
    stream = b"\x78\x9f\x3e\x22\x01\x00"
    for level, attribute, value in attributes:
        checksum = struct.pack("<H", sum(value) & 0xFFFF)
        stream += bytes([level]) + struct.pack("<II", attribute, len(value)) + value + checksum
    return stream


def _winmail(stream: bytes) -> bytes:
    return (
        b"Content-Type: application/ms-tnef; name=winmail.dat\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(stream)
    )


def test_files_in_a_winmail_dat_are_unpacked() -> None:
    name = "Erklärung.txt\0".encode("utf-16-le")
    properties = struct.pack("<IHHII", 1, 0x1F, 0x3707, 1, len(name)) + name + b"\0\0"
    stream = _tnef(
        (1, 0x0002800C, b"the body\0"),
        (2, 0x00069002, b"\0" * 14),
        (2, 0x00018010, b"ERKLRU~1.TXT\0"),
        (2, 0x0006800F, b"content"),
        (2, 0x00069005, properties),
    )
    message = parse(_multipart("mixed", TEXT, _winmail(stream)))
    assert [(a.filename, a.content) for a in message.attachments] == [("Erklärung.txt", b"content")]
    assert message.text == "Hello"
    assert parse(_multipart("mixed", _winmail(stream))).text == "the body"


@pytest.mark.parametrize(
    "stream", [b"nothing", b"\x78\x9f\x3e\x22\x01\x00", b"\x78\x9f\x3e\x22" + b"\xff" * 90]
)
def test_a_damaged_winmail_dat_is_kept(stream: bytes) -> None:
    message = parse(_multipart("mixed", TEXT, _winmail(stream)))
    assert [a.filename for a in message.attachments] == ["winmail.dat"]
    assert "a winmail.dat could not be unpacked and was kept as it is" in message.defects


def test_flowed_text_is_joined() -> None:
    head = HEAD + b"Content-Type: text/plain; format=flowed\r\n\r\n"
    message = parse(head + b"one \r\ntwo\r\n> three \r\n> four\r\n-- \r\nme\r\n")
    assert message.text == "one two\n> three four\n-- \nme\n"


@pytest.mark.parametrize(
    "raw",
    [
        _multipart("mixed", TEXT).replace(b"--b--\r\n", b""),
        _multipart("mixed", TEXT).replace(b'boundary="b"', b"boundary=b"),
        _multipart("mixed", TEXT, boundary="abcdef").replace(b'; boundary="abcdef"', b""),
        _multipart("mixed", TEXT).replace(b"\r\n", b"\n"),
        _multipart("mixed", TEXT).replace(b"\r\n", b"\r"),
        _multipart("mixed", TEXT).replace(b"--b\r\n", b"--b  \r\n"),
        HEAD + b"Content-Type: text/plain; charset=no-such\r\n\r\nHello",
        HEAD + b"Content-Type: text/plain; charset=rot13\r\n\r\nHello",
        HEAD + b"Content-Type: plain\r\n\r\nHello",
        HEAD + b"Content-Type: text/plain\r\nContent-Transfer-Encoding: 8-bit\r\n\r\nHello",
        HEAD + b"Content-Transfer-Encoding: base64\r\n\r\nSGVs\r\nbG8",
        HEAD + b"Content-Transfer-Encoding: base64\r\n\r\nSGU=\r\nbGxv\r\n",
        HEAD + b"Content-Transfer-Encoding: quoted-printable\r\n\r\nHel= \r\nlo",
    ],
)
def test_damaged_mail_is_still_read(raw: bytes) -> None:
    assert parse(raw).text.strip() == "Hello"


@pytest.mark.parametrize("charset", ["rot13", "zip", "hex", "uu", "undefined", "idna", "oem"])
def test_a_codec_that_is_no_charset_is_none(charset: str) -> None:
    raw = HEAD + f"Content-Type: text/plain; charset={charset}\r\n\r\n".encode() + b"caf\xe9"
    assert parse(raw).text.strip() == "café"


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("a.txt", "a.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\a.doc", "a.doc"),
        (".htaccess", "_htaccess"),
        ("a.php\u200b", "a.php"),
        ("exe\u202egpj.scr", "exegpj.scr"),
        ("a.txt. . ", "a.txt"),
        ("a\x00b\r\n.txt", "ab .txt"),
        ("...", "attachment"),
        ("", "attachment"),
        ("/", "attachment"),
        ('a"<b>|.txt', "ab.txt"),
    ],
)
def test_file_names_are_made_safe(name: str, clean: str) -> None:
    assert clean_filename(name) == clean


def test_a_long_file_name_keeps_its_extension() -> None:
    cleaned = clean_filename("ä" * 300 + ".pdf")
    assert cleaned.endswith(".pdf")
    assert len(cleaned.encode()) <= 200


def _nested(depth: int) -> bytes:
    levels = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth)
    )
    return HEAD + levels + b"Content-Type: text/plain\n\nhi\n"


HOSTILE = {
    "10,000 parts": lambda: _multipart("mixed", *[TEXT] * 10_000),
    "1,000 levels": lambda: _nested(1_000),
    "a header of 10 MB": lambda: b"X: " + b"a" * 10_000_000,
    "a million fields": lambda: HEAD + b"X: y\n" * 1_000_000 + b"\nhi",
    "endless base64": lambda: HEAD + b"Content-Transfer-Encoding: base64\n\n" + b"A" * 10_000_000,
    "base64 of padding": lambda: (
        HEAD + b"Content-Transfer-Encoding: base64\n\n" + b"A=" * 5_000_000
    ),
    "dashes": lambda: (
        HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--bx\n" * 1_000_000
    ),
    "signature marks": lambda: HEAD + b"\n" + b"--\n" * 1_000_000,
    "header keys": lambda: HEAD + b"\n" + b"From: a@b\n" * 500_000,
    "attribution starts": lambda: HEAD + b"\n" + b"On 2020-01-01 a@b\n" * 500_000,
    "one long line": lambda: HEAD + b"\n" + b"On 1/1/2020 a@b " * 500_000,
    "encoded word starts": lambda: b"Subject: " + b"=?utf-8?Q?a?=" * 100_000 + b"\n\n",
    "address brackets": lambda: b"From: " + b"<" * 60_000 + b"\n\n",
    "address quotes": lambda: b"To: " + b'"a' * 30_000 + b"\n\n",
    "parameters": lambda: b"Content-Type: text/plain;" + b"a=b;" * 20_000 + b"\n\n",
    "deep html": lambda: HEAD + b"Content-Type: text/html\n\n" + b"<div>" * 500_000,
    "unclosed html": lambda: HEAD + b"Content-Type: text/html\n\n" + b"<p><b a>x" * 300_000,
    "nested quotes": lambda: (
        HEAD + b"Content-Type: text/html\n\n" + b"<div class=gmail_quote><blockquote>x" * 200_000
    ),
    "uuencode begins": lambda: HEAD + b"\n" + b"begin 644 x\n" * 300_000,
    "report groups": lambda: (
        HEAD + b"Content-Type: message/delivery-status\n\n" + b"Status: 5.1.1\n\n" * 500_000
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_mail_is_read_within_bounds(kind: str) -> None:
    raw = HOSTILE[kind]()
    started = time.process_time()
    message = parse(raw)
    assert time.process_time() - started < 4  # under a second alone; other tests share the machine
    assert len(message.text) <= Limits().max_text_characters
    assert len(message.attachments) <= Limits().max_attachments


def test_bounds_are_named_in_defects() -> None:
    many = parse(_multipart("mixed", *[FILE] * 300))
    assert len(many.attachments) == Limits().max_attachments
    assert "too many attachments, the rest is only in the raw mail" in many.defects
    deep = parse(_nested(100))
    assert any("nested too deeply" in defect for defect in deep.defects)
    long = parse(b"X: " + b"a" * 400_000 + b"\n\nhi")
    assert "the header is too large and was cut" in long.defects


def test_only_a_mail_beyond_the_size_limit_is_refused() -> None:
    with pytest.raises(UnreadableMail, match="larger than 10 bytes"):
        parse(b"a" * 11, limits=Limits(max_message_size=10))

"""Headers: encoded words, charsets, addresses, ids, dates, and what an attacker may try there."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from channels_in.email.parse import parse
from channels_in.email.parse.addresses import parse_addresses
from channels_in.email.parse.charset import decode_text
from channels_in.email.parse.headers import decode_header
from channels_in.email.parse.ids import parse_message_id, parse_message_ids
from channels_in.email.parse.parameters import parse_value


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"plain", "plain"),
        (b"=?utf-8?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        (b"=?UTF-8?B?R3LDvMOfZQ==?=", "Grüße"),
        (b"=?utf-8?B?R3LDvMOfZQ?=", "Grüße"),
        (b"=?utf-8?Q?Gr=C3?= =?utf-8?Q?=BC=C3=9Fe?=", "Grüße"),
        (b"=?utf-8?Q?a?= =?iso-8859-1?Q?=FC?=", "aü"),
        (b"=?utf-8?Q?a?= and =?utf-8?Q?b?=", "a and b"),
        (b"Re:=?utf-8?Q?x_y?=", "Re:x y"),
        (b'"=?utf-8?Q?x?="', '"x"'),
        (b"=?utf-8*de?Q?x?=", "x"),
        (b"=?no-such-charset?Q?x=E9?=", "xé"),
        (b"=?iso-2022-jp?B?GyRCJCIbKEI=?=", "あ"),
        (b"=?gb2312?B?xOO6ww==?=", "你好"),
        (b"=?utf-8?Q?broken", "=?utf-8?Q?broken"),
        ("Grüße".encode(), "Grüße"),
        ("Grüße".encode("latin-1"), "Grüße"),
        (b"a\x00b\r\nBcc: x", "ab  Bcc: x"),
        (b"=?utf-8?Q?a=0D=0ABcc:_x?=", "a  Bcc: x"),
    ],
)
def test_a_header_is_decoded_to_one_line(raw: bytes, text: str) -> None:
    assert decode_header(raw) == text


@pytest.mark.parametrize(
    ("raw", "charset", "text"),
    [
        ("Grüße".encode(), "iso-8859-1", "Grüße"),
        ("Grüße".encode(), "us-ascii", "Grüße"),
        ("Grüße".encode("cp1252"), "utf-8", "Grüße"),
        ("„Grüße“ €".encode("cp1252"), "iso-8859-1", "„Grüße“ €"),
        ("Привет".encode("koi8-r"), "koi8-r", "Привет"),
        ("Привет, как дела".encode("cp1251"), "", "Привет, как дела"),
        ("你好，世界很大".encode("gb18030"), "gb2312", "你好，世界很大"),
        ("안녕하세요".encode("cp949"), "ks_c_5601-1987", "안녕하세요"),
        ("こんにちは①".encode("cp932"), "shift_jis", "こんにちは①"),
        (b"\x1b$B-!\x1b(B ok", "iso-2022-jp", "① ok"),
        ("こんにちは".encode("iso-2022-jp"), "", "こんにちは"),
        ("x".encode("utf-16"), "utf-16", "x"),
        (b"+AOQ-", "utf-7", "ä"),
        (b"\xff\xfe\xfd", "x-unknown", "ÿþý"),
        (b"abc", "base64", "abc"),
        (b"abc", "rot13", "abc"),
    ],
)
def test_bytes_become_text_whatever_is_declared(raw: bytes, charset: str, text: str) -> None:
    assert decode_text(raw, charset) == text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"a@b.c", [("", "a@b.c")]),
        (b"<a@b.c>", [("", "a@b.c")]),
        (b"Ann <a@b.c>", [("Ann", "a@b.c")]),
        (b'"Doe, Jane" <a@b.c>, x@y.z', [("Doe, Jane", "a@b.c"), ("", "x@y.z")]),
        (b"Doe, Jane <a@b.c>", [("Doe, Jane", "a@b.c")]),
        (b"a@b.c (Ann)", [("Ann", "a@b.c")]),
        (b"Daemon (Mail System) <a@b.c>", [("Daemon", "a@b.c")]),
        (b"=?utf-8?Q?J=C3=B6rg?= <a@b.c>", [("Jörg", "a@b.c")]),
        (b"=?utf-8?Q?Doe=2C_Jane?= <a@b.c>", [("Doe, Jane", "a@b.c")]),
        (b"Team: a@b.c, d@e.f;", [("", "a@b.c"), ("", "d@e.f")]),
        (b"undisclosed-recipients:;", []),
        (b"Ann <mailto:a@b.c>", [("Ann", "a@b.c")]),
        (b"Ann [mailto:a@b.c]", [("Ann", "a@b.c")]),
        (b"Ann;a@b.c", [("Ann", "a@b.c")]),
        (b'"Ann <a@b.c>', [("Ann", "a@b.c")]),
        (b"Ann <a@b.c", [("Ann", "a@b.c")]),
        (b"<@relay.x:a@b.c>", [("", "a@b.c")]),
        (b"a@b.c a@b.c", [("", "a@b.c")]),
        (b"'Ann' <a@b.c>", [("Ann", "a@b.c")]),
        (b'"Ann \\"A\\" X" <a@b.c>', [('Ann "A" X', "a@b.c")]),
        (b"A@B.c, a@b.C", [("", "A@B.c")]),
        ("Jörg <jörg@b.c>".encode(), [("Jörg", "jörg@b.c")]),
        (b"nobody", []),
        (b"", []),
    ],
)
def test_addresses_are_read_as_people_write_them(
    raw: bytes, expected: list[tuple[str, str]]
) -> None:
    assert [(a.name, a.email) for a in parse_addresses(raw)] == expected


@pytest.mark.parametrize(
    ("raw", "email"),
    [
        (b'"boss@us.example" <mallory@evil.example>', "mallory@evil.example"),
        (b'"<boss@us.example>" <mallory@evil.example>', "mallory@evil.example"),
        (b"=?utf-8?Q?boss=40us.example?= <mallory@evil.example>", "mallory@evil.example"),
        (b"=?utf-8?Q?=3Cboss=40us.example=3E?= <mallory@evil.example>", "mallory@evil.example"),
        (b"boss@us.example <mallory@evil.example>", "mallory@evil.example"),
        (b"mallory@evil.example (boss@us.example)", "mallory@evil.example"),
        (b"<mallory@evil.example>\x00boss@us.example", "mallory@evil.example"),
    ],
)
def test_a_display_name_never_becomes_the_address(raw: bytes, email: str) -> None:
    assert parse_addresses(raw)[0].email == email


def test_names_lose_line_breaks_and_direction_marks() -> None:
    address = parse_addresses(b"=?utf-8?Q?An=0D=0ABcc:_n=E2=80=AE?= <a@b.c>")[0]
    assert address.name == "An Bcc: n"


def test_two_from_headers_give_one_sender_and_a_defect() -> None:
    message = parse(b"From: a@b.c\r\nFrom: boss@us.example\r\n\r\nx")
    assert message.sender is not None
    assert message.sender.email == "a@b.c"
    assert "there is more than one From header, the first usable one counts" in message.defects


def test_a_missing_from_falls_back_and_says_so() -> None:
    message = parse(b"Reply-To: a@b.c\r\n\r\nx")
    assert message.sender is not None
    assert message.sender.email == "a@b.c"
    assert "there is no From header" in message.defects


def test_a_mail_without_any_sender_has_none() -> None:
    message = parse(b"Subject: x\r\n\r\nx")
    assert message.sender is None
    assert message.may_be_answered is False


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<a@b>", "a@b"),
        ("a@b", "a@b"),
        ("<a@b@c>", "a@b@c"),
        ("<[a b]@c>", "[ab]@c"),
        ("<a@b> (comment)", "a@b"),
        ("", None),
        ("<>", None),
    ],
)
def test_message_ids_are_plain_strings(text: str, expected: str | None) -> None:
    assert parse_message_id(text) == expected


def test_references_keep_order_and_the_last_ones() -> None:
    assert parse_message_ids("<a@b> <c@d>\t<a@b>", 10) == ("a@b", "c@d")
    assert parse_message_ids("<a@b> <c@d> <e@f>", 2) == ("c@d", "e@f")
    assert parse_message_ids("<a@b>,<c@d>", 10) == ("a@b", "c@d")
    assert parse_message_ids("Your message of Monday", 10) == ()


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b'attachment; filename="a b.txt"', "a b.txt"),
        (b"attachment; filename=a b; c.txt", "a b; c.txt"),
        (b"attachment; filename=a.txt; size=3", "a.txt"),
        (b"attachment; filename*=utf-8''Erkl%C3%A4rung.txt", "Erklärung.txt"),
        (
            b"attachment; filename*0*=utf-8''Erkl%C3; filename*1*=%A4rung; filename*2=.txt",
            "Erklärung.txt",
        ),
        (b'attachment; filename*1="b.txt"; filename*0="a"', "ab.txt"),
        (b'attachment; filename="=?utf-8?Q?Erkl=C3=A4rung=2Etxt?="', "Erklärung.txt"),
        ('attachment; filename="Erklärung.txt"'.encode("latin-1"), "Erklärung.txt"),
        (b'attachment; filename="a.txt', "a.txt"),
        (b"filename=a.txt", "a.txt"),
        (b"attachment; filename=", ""),
    ],
)
def test_file_names_are_found_in_every_form(raw: bytes, name: str) -> None:
    assert parse_value(raw).get("filename") == name


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"Mon, 3 Nov 2025 10:00:00 +0100", datetime(2025, 11, 3, 9, 0, tzinfo=UTC)),
        (b"3 Nov 25 10:00 GMT", datetime(2025, 11, 3, 10, 0, tzinfo=UTC)),
        (b"Mon, 3 Nov 2025 10:00:00 -0000", datetime(2025, 11, 3, 10, 0, tzinfo=UTC)),
        (b"yesterday", None),
        (b"Mon, 3 Nov 99999 10:00:00 +0000", None),
    ],
)
def test_dates_are_aware_or_none(raw: bytes, expected: datetime | None) -> None:
    assert parse(b"Date: " + raw + b"\r\n\r\n").date == expected


@pytest.mark.parametrize(
    "raw",
    [
        b"From x@y Mon Nov  3 10:00:00 2025\nSubject: s\n\nbody",
        b"\n\nSubject: s\n\nbody",
        b"Subject: s\r\rbody",
        b"Subject: s\n\nbody",
        b"Subject: s\r\n\r\nbody",
        b"X: 1\nlost line without a colon\nSubject: s\nFrom: a@b.c\n\nbody",
        b"Subject : s\n\nbody",
        b"Subject:\n s\n\nbody",
    ],
)
def test_headers_are_found_in_damaged_mail(raw: bytes) -> None:
    message = parse(raw)
    assert message.subject == "s"
    assert message.text == "body"


def test_text_without_any_header_is_the_body() -> None:
    message = parse(b"Hello there\nthis is no header\n")
    assert message.text == "Hello there\nthis is no header\n"
    assert "the mail has no header" in message.defects


def test_an_empty_mail_is_a_message_with_a_defect() -> None:
    message = parse(b"")
    assert message.text == ""
    assert "the mail is empty" in message.defects
    assert message.message_id is None

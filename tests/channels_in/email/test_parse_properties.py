"""What holds for every input: no crash, storable strings, nothing lost between reply and quote."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from channels_in.email.describe import describe_message, write_json
from channels_in.email.parse import parse
from channels_in.email.parse.addresses import parse_addresses
from channels_in.email.parse.attachments import clean_filename
from channels_in.email.parse.reply import split_reply
from channels_in.messages import IncomingMessage

TEMPLATE = b"""\
From: Carol =?utf-8?Q?M=C3=BCller?= <carol@example.com>
To: support@example.org
Subject: =?utf-8?B?UmU6IMOc?=
Message-ID: <1@example.com>
References: <0@example.org>
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Hello =C3=BC

On 3 Nov 2025 x@y.z wrote:
> old
--b
Content-Type: text/html

<p>x<blockquote type=cite>y</blockquote>
--b
Content-Type: application/pdf; name*0*=utf-8''%C3%BC; name*1=.pdf
Content-Transfer-Encoding: base64

AAAA
--b--
"""

_TOKENS = st.sampled_from(
    [
        b"\r\n",
        b"\n\n",
        b"--b",
        b"--b--",
        b"=?utf-8?Q?",
        b"?=",
        b"<",
        b">",
        b'"',
        b"(",
        b"\x00",
        b"\xff",
        b"\xed\xa0\x80",
        b"Content-Type: ",
        b"multipart/mixed; boundary=b",
        b"text/html",
        b"base64",
        b"=",
        b"From: ",
        b"begin 644 x\n",
        b"\x1b$B",
        b"<div class=gmail_quote>",
        b"-- \n",
        b"> ",
        b"wrote:",
        b"message/rfc822",
        b"message/delivery-status",
        b"charset=utf-16",
        b"charset=utf-7",
    ]
)


def _assert_storable(message: IncomingMessage) -> None:
    def walk(value: object) -> None:
        if isinstance(value, str):
            value.encode("utf-8")
            assert "\x00" not in value
        elif isinstance(value, (tuple, list)):
            for item in value:
                walk(item)
        elif dataclasses.is_dataclass(value) and not isinstance(value, type):
            for item in dataclasses.fields(value):
                walk(getattr(value, item.name))

    walk(message)
    assert write_json(describe_message(message)).isascii()


@settings(max_examples=150, deadline=timedelta(seconds=2))
@given(st.binary(max_size=2000))
@example(b"\xed\xa0\x80: \xed\xa0\x80")
@example(b"Subject: =?utf-7?Q?+2AA-?=\n\n")
@example(b"Content-Type: text/plain; charset=utf-16\n\n\x00\xd8\x00")
def test_any_bytes_become_a_storable_message(raw: bytes) -> None:
    _assert_storable(parse(raw))


@settings(max_examples=200, deadline=timedelta(seconds=2))
@given(st.data())
def test_any_damage_to_a_mail_leaves_a_storable_message(data: st.DataObject) -> None:
    raw = bytearray(TEMPLATE)
    for _ in range(data.draw(st.integers(1, 6))):
        position = data.draw(st.integers(0, len(raw)))
        cut = data.draw(st.integers(0, 40))
        raw[position : position + cut] = data.draw(st.one_of(_TOKENS, st.binary(max_size=8)))
    _assert_storable(parse(bytes(raw)))


@settings(max_examples=100, deadline=timedelta(seconds=2))
@given(st.lists(_TOKENS, max_size=60).map(b"".join))
def test_any_heap_of_mail_syntax_becomes_a_storable_message(raw: bytes) -> None:
    _assert_storable(parse(raw))


_LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "",
                "> old",
                "-- ",
                "On Mon, 3 Nov 2025, Ann <a@b.c> wrote:",
                "From: a@b.c",
                "Sent: today",
                "To: me",
                "Subject: x",
                "-----Original Message-----",
                "Sent from my iPhone",
                "_" * 40,
            ]
        ),
        st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Co")), max_size=40),
    ),
    max_size=25,
)


@settings(max_examples=200, deadline=timedelta(seconds=2))
@given(_LINES)
def test_reply_and_quote_hold_every_written_line(lines: list[str]) -> None:
    split = split_reply("\n".join(lines))
    written = sorted(line.rstrip() for line in lines if line.strip())
    kept = sorted(
        line.rstrip()
        for text in (split.reply, split.quoted)
        for line in text.split("\n")
        if line.strip()
    )
    assert kept == written
    assert bool(split.reply.strip()) == bool(written)


@settings(max_examples=150, deadline=timedelta(seconds=2))
@given(st.text(alphabet="ab@.<>()\",;:\\=? []'é\u202e", max_size=80))
def test_addresses_are_single_and_free_of_syntax(text: str) -> None:
    for address in parse_addresses(text.encode()):
        local, at, domain = address.email.rpartition("@")
        assert local
        assert at
        assert domain
        assert not set(address.email) & set("<>\r\n")
        assert not set(address.name) & set("\r\n\u202e")


@settings(max_examples=150, deadline=timedelta(seconds=2))
@given(st.text(max_size=300))
def test_file_names_are_always_safe(name: str) -> None:
    cleaned = clean_filename(name)
    assert cleaned
    assert len(cleaned.encode()) <= 200
    assert not set(cleaned) & set('/\\\x00\r\n"<>|:*?')
    assert not cleaned.startswith(".")
    assert clean_filename(cleaned) == cleaned

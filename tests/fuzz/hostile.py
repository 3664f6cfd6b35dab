"""Mails of 50 MB, each made to be dear in its own way: in time, in memory, or in both."""

from __future__ import annotations

import base64
import random
from collections.abc import Callable
from itertools import chain

from tests.fuzz.mutations import LARGEST

HEAD = b"From: carol@nordwind.example\r\nTo: support@example.com\r\nSubject: Large\r\n"
HTML = HEAD + b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
PLAIN = HEAD + b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
MIXED = HEAD + b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'


def fill(begin: bytes, piece: bytes, end: bytes = b"") -> bytes:
    """`begin`, then `piece` until the mail is as large as the listener accepts."""
    return (begin + piece * ((LARGEST - len(begin) - len(end)) // len(piece)) + end)[:LARGEST]


def encoded(begin: bytes, content: bytes) -> bytes:
    return begin + base64.encodebytes(content)


def attributes() -> bytes:
    """Elements with very many attributes each."""
    names = b" ".join(b"a%d=%d" % (number, number) for number in range(3000))
    return fill(HTML, b"<p " + names + b">x</p>")


def half_and_half() -> bytes:
    """A plain and an html form of 25 MB each, full of attributions and of quotes."""
    parts = HEAD + b'Content-Type: multipart/alternative; boundary="b"\r\n\r\n'
    size = LARGEST // 2 - 500
    plain = b"> a b c wrote:\r\n" * (size // 16)
    html = b"<div class=gmail_quote><blockquote>x</blockquote></div>\r\n" * (size // 57)
    return (
        parts + b"--b\r\nContent-Type: text/plain\r\n\r\n" + plain
        + b"\r\n--b\r\nContent-Type: text/html\r\n\r\n" + html + b"\r\n--b--\r\n"
    )  # fmt: skip


def many_htmls() -> bytes:
    """Four hundred html parts: each within its bound, all together beyond it."""
    part = b"--b\r\nContent-Type: text/html\r\n\r\n" + b"<p>x<b>y</b>" * 10_000 + b"\r\n"
    return fill(MIXED, part, b"--b--\r\n")


def many_plain_texts() -> bytes:
    part = (
        b"--b\r\nContent-Type: text/plain\r\n\r\n" + b"On 3 Nov 2025 x@y.z wrote:\r\n>a\r\n" * 4000
    )
    return fill(MIXED, part, b"--b--\r\n")


def broken_base64() -> bytes:
    part = b"--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return fill(MIXED + part, b"QUFB=QUFB!\r\n", b"\r\n--b--\r\n")


def winmail() -> bytes:
    """Unpacks into hundreds of files of one megabyte, or one of fifty."""
    stream = b"\x78\x9f\x3e\x22\x01\x00"
    value = b"\0" * 100_000
    rest = b"\x02" + (0x0006800F).to_bytes(4, "little") + len(value).to_bytes(4, "little")
    rendering = b"\x02" + (0x00069002).to_bytes(4, "little") + (14).to_bytes(4, "little")
    one = rendering + b"\0" * 16 + rest + value + b"\0\0"
    content = stream + one * (36_000_000 // len(one))
    return encoded(
        HEAD + b"Content-Type: application/ms-tnef; name=winmail.dat\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n", content,
    )  # fmt: skip


def levels() -> bytes:
    opened = chain.from_iterable(
        (b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n),)
        for n in range(1000)
    )
    return fill(HEAD + b"".join(opened) + b"\r\n", b"--b7\r\n\r\nx\r\n")


def random_bytes() -> bytes:
    return PLAIN + random.Random(1).randbytes(LARGEST - len(PLAIN))


HOSTILE: dict[str, Callable[[], bytes]] = {
    "html: <font>": lambda: fill(HTML, b"<font>"),
    "html: nested tables": lambda: fill(HTML, b"<table><tr><td>"),
    "html: many attributes": attributes,
    "html: an element of attributes": lambda: HTML + b"<p " + b" ".join(
        b"a%x" % number for number in range(6_000_000)
    ),
    "html: attributes of brackets": lambda: HTML + b'<p q=">"' + b" ".join(
        b'a%x="<>"' % number for number in range(4_000_000)
    ),
    "html: tags up to the bound": lambda: fill(
        HTML + b"<p>x<b>y</b>" * 14_900, b"z"
    ),
    "html: tags that are never closed": lambda: fill(HTML, b"<p<p><p><p"),
    "html: scripts that are never closed": lambda: fill(HTML, b"<script>x<style>"),
    "html: a long attribute": lambda: fill(HTML + b'<img alt="', b"x &amp; ", b'">'),
    "html: entities": lambda: fill(HTML, b"&nbsp;&copy;"),
    "html: data images": lambda: fill(
        HTML, b"<img src='data:image/png;base64," + b"QUFB" * 20_000 + b"'>"
    ),
    "html: styles": lambda: fill(HTML, b"<p style='color:red;margin:0 auto;width:1px'>x</p>"),
    "html: formatting reopened": lambda: fill(HTML + b"<b><i><u><s><a>" * 100, b"<p>x</p>"),
    "html: marks of clients up to the bound": lambda: fill(
        HTML + b"<div class=gmail_quote>x<blockquote>y</blockquote></div>" * 14_900, b"z"
    ),
    "html: quotes in quotes around empty elements": lambda: fill(
        HTML + b"<blockquote>" * 900 + b"<p>" * 25_000, b"z"
    ),
    "html: four-byte letters": lambda: fill(HTML, "<p>😀😀😀😀".encode()),
    "html: a line of letters": lambda: fill(HTML, b"x"),
    "html: in quoted-printable": lambda: fill(
        HEAD + b"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
        b"=3Cfont=3E",
    ),
    "html: four hundred parts": many_htmls,
    "text: four-byte letters": lambda: fill(PLAIN, "😀\r\n".encode()),
    "text: one letter a line": lambda: fill(PLAIN, b"x\n"),
    "text: in two charsets at once": random_bytes,
    "text: in utf-7": lambda: fill(PLAIN.replace(b"utf-8", b"utf-7"), b"+2D3eAA-"),
    "text: four hundred parts": many_plain_texts,
    "alternatives": half_and_half,
    "parts: lines of dashes": lambda: fill(MIXED, b"--b\n\n"),
    "parts: 1,000 levels": levels,
    "header: one field": lambda: fill(HEAD + b"X-Long: ", b"a"),
    "header: encoded words without an end": lambda: fill(
        HEAD + (b"X: =?a?q?=?=\r\nSubject: " + b"=?a?B?w" * 9_300 + b"\r\n") * 4 + b"\r\n", b"x"
    ),
    "header: encoded words": lambda: fill(HEAD + b"Subject: ", b"=?utf-8?Q?=C3=BC?=\r\n "),
    "file: base64": lambda: fill(
        MIXED + b"--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n",
        b"QUFB" * 19 + b"\r\n", b"--b--\r\n",
    ),
    "file: broken base64": broken_base64,
    "file: base64 that is cut off": lambda: fill(
        MIXED + b"--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n",
        b"QUFBQQ\r\n",
    )[:-3],
    "file: quoted-printable": lambda: fill(
        MIXED + b"--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        b"\r\n", b"=C3=BC= \r\n",
    ),
    "file: winmail.dat": winmail,
    "one byte": lambda: b"\0" * LARGEST,
}  # fmt: skip

"""Damage that knows what a mail is made of: headers, boundaries, encodings, nesting, charsets."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Sequence
from random import Random

Mutation = Callable[[Random, bytes, Sequence[bytes]], bytes]

LARGEST = 50 * 1024 * 1024  # what the listener accepts
USUAL = 256 * 1024

_TOKENS = [
    b"\r\n", b"\n", b"\r", b"\n\n", b"--", b"--b1", b"--b1--", b"\x00", b"\xff", b"\xed\xa0\x80",
    b"\xe2\x80\x8b", b"\xe2\x80\xae", b"=?utf-8?Q?=C3?=", b"=?utf-8?B?w6?=", b"=?x?q?", b"?=", b"=",
    b"=0", b"=\r\n", b"<", b">", b'"', b"(", b"\\", b";", b":", b",", b"@", b"[", b" ", b"\t",
    b"From: ", b"From x\n", b">From ", b"begin 644 x\n", b"end\n", b"\x1b$B", b"\x1b(B", b"~{",
    b"<div class=gmail_quote>", b"<blockquote type=cite>", b"</", b"<!--", b"<![CDATA[", b"<svg>",
    b"<img src=cid:i@x>", b"<p style='", b"&#x", b"&nbsp;", b"-- \n", b"> ", b">" * 200, b"wrote:",
    b"-----Original Message-----", b"From: a\nSent: b\nTo: c\nSubject: d\n", b"BEGIN:VEVENT\n",
    b"DTSTART;TZID=", b"\x78\x9f\x3e\x22", b"{\\rtf1", b"\\'", b"\\u-1 ?", b"\\bin99999999 ",
    b"LZFu", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\x00\x00\x00\x00", b"a" * 998, b"(" * 300,
    b"=?utf-8?Q?" * 50, b"-----BEGIN PGP MESSAGE-----\n", b"##-", b"-##",
]  # fmt: skip
_HEADERS = [
    b"From", b"To", b"Cc", b"Subject", b"Date", b"Message-ID", b"References", b"In-Reply-To",
    b"Content-Type", b"Content-Transfer-Encoding", b"Content-Disposition", b"Content-ID",
    b"Reply-To", b"Sender", b"Return-Path", b"Auto-Submitted", b"Precedence", b"MIME-Version",
    b"X-Failed-Recipients", b"Delivered-To", b"Content-Location", b"X-Auto-Response-Suppress",
]  # fmt: skip
_VALUES = [
    b"", b"text/plain", b"text/html", b"multipart/mixed", b"multipart/mixed; boundary=b1",
    b'multipart/alternative; boundary=""', b"multipart/related; boundary=\"b\\\"1\"",
    b"multipart/report; boundary=b1", b"multipart/encrypted; boundary=b1", b"message/rfc822",
    b"message/delivery-status", b"message/partial; number=1; total=9", b"application/ms-tnef",
    b"application/pkcs7-mime; smime-type=signed-data", b"text/calendar; method=CANCEL",
    b"text/plain; charset=utf-16", b"text/x; name*0*=utf-8''%c3; name*1*=%bc; name*99999999=x",
    b"attachment; filename==?utf-8?B?" + b"w" * 90 + b"?=", b"inline; filename*=x''%zz",
    b"7bit", b"8bit", b"base64", b"quoted-printable", b"x-uuencode", b"binary", b"yenc",
    b"a@b, c:d@e;, <f@g> (h(i)), \"j\\\"\" <k@l>", b"<>", b"<@a,@b:c@d>", b"@", b"a@[1.2.3.4]",
    b"=?utf-8?Q?a=0D=0ABcc:_x?= <a@b>", b"undisclosed-recipients:;", b"MAILER-DAEMON",
    b"Mon, 99 Foo 99999 99:99:99 +9999", b"Thu, 1 Jan 1970 00:00:00 +0000 (x(y))",
    b"<" + b"a" * 2000 + b"@b>", b"<1@x> " * 500, b"bulk", b"auto-replied; x",
]  # fmt: skip
_CHARSETS = [
    b"utf-8", b"utf-7", b"utf-16", b"utf-32", b"iso-2022-jp", b"iso-2022-kr", b"iso-2022-jp-2004",
    b"shift_jis", b"gb2312", b"hz", b"big5", b"euc-kr", b"koi8-r", b"windows-1252", b"cp65001",
    b"cp037", b"idna", b"punycode", b"rot13", b"zip", b"bz2", b"hex", b"uu", b"undefined",
    b"base64", b"unicode_escape", b"raw_unicode_escape", b"mbcs", b"\"", b"../..",
    b"a" * 300,
]  # fmt: skip
_BASE64 = re.compile(rb"(?:[A-Za-z0-9+/]{20,76}\r?\n)+[A-Za-z0-9+/=]*|[A-Za-z0-9+/]{24,}={0,2}")


def mutate(random: Random, seed: bytes, others: Sequence[bytes]) -> bytes:
    """One to five damages after another; one in five hundred grows to many megabytes."""
    mail = seed
    for _ in range(random.randint(1, 5)):
        mail = random.choice(MUTATIONS)(random, mail, others)[:USUAL]
    return _grow(random, mail) if random.random() < 0.002 else mail


def _grow(random: Random, mail: bytes) -> bytes:
    begin, end = _slice(random, mail)
    piece = random.choice([mail[begin:end], random.choice(_TOKENS)]) or b"x"
    size = random.choice([1, 4, 16, 50]) * 1024 * 1024 - len(mail)
    return (mail[:end] + piece * (size // len(piece)) + mail[end:])[:LARGEST]


def _slice(random: Random, mail: bytes) -> tuple[int, int]:
    begin = random.randint(0, len(mail))
    return begin, min(len(mail), begin + random.choice([1, 2, 8, 40, 400, 4000]))


def _flip(random: Random, mail: bytes, _others: Sequence[bytes]) -> bytes:
    changed = bytearray(mail)
    for _ in range(random.choice([1, 2, 8, 50]) if changed else 0):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _insert(random: Random, mail: bytes, _others: Sequence[bytes]) -> bytes:
    at = random.randint(0, len(mail))
    piece = random.choice(_TOKENS) * random.choice([1, 1, 1, 3, 50, 2000])
    return mail[:at] + piece + mail[at:]


def _remove(random: Random, mail: bytes, _others: Sequence[bytes]) -> bytes:
    begin, end = _slice(random, mail)
    return mail[:begin] + mail[end:]


def _repeat(random: Random, mail: bytes, _others: Sequence[bytes]) -> bytes:
    begin, end = _slice(random, mail)
    return mail[:end] + mail[begin:end] * random.choice([1, 2, 30, 1000]) + mail[end:]


def _truncate(random: Random, mail: bytes, _others: Sequence[bytes]) -> bytes:
    return mail[: random.randint(0, len(mail))]


def _splice(random: Random, mail: bytes, others: Sequence[bytes]) -> bytes:
    other = random.choice(others)
    begin, end = random.randint(0, len(other)), len(other)
    return mail[: random.randint(0, len(mail))] + other[begin:end]


def _add_header(random: Random, mail: bytes, _others: Sequence[bytes]) -> bytes:
    line = random.choice(_HEADERS) + b": " + random.choice(_VALUES) + b"\r\n"
    starts = [0] + [found.end() for found in re.finditer(rb"--b1\r?\n", mail)]
    at = random.choice(starts)
    return mail[:at] + line * random.choice([1, 1, 2, 1200]) + mail[at:]


def _change_header(random: Random, mail: bytes, _others: Sequence[bytes]) -> bytes:
    lines = list(re.finditer(rb"(?m)^[A-Za-z-]{2,40}: ?([^\r\n]*)", mail))
    if not lines:
        return mail
    found = random.choice(lines)
    folded = b" \r\n ".join(found[1][at : at + 1] for at in range(len(found[1])))
    value = random.choice([*_VALUES, folded, folded])
    return mail[: found.start(1)] + value + mail[found.end(1) :]


def _change_charset(random: Random, mail: bytes, _others: Sequence[bytes]) -> bytes:
    charset = random.choice(_CHARSETS)
    return re.sub(rb"(charset=)[^\s;]+", lambda found: found[1] + charset, mail, count=1)


def _change_boundary(random: Random, mail: bytes, _others: Sequence[bytes]) -> bytes:
    new = random.choice([b"", b"b", b"b1", b"b1--", b" ", b"--", b"x" * 2000, b"\xff", b'"', b"b2"])
    if random.random() < 0.5:
        return mail.replace(random.choice([b"--b1--", b"--b2--", b"b1", b"b2"]), new)
    return re.sub(rb"(boundary=)[^\s;]+", lambda found: found[1] + new, mail, count=1)


def _wrap(random: Random, mail: bytes, _others: Sequence[bytes]) -> bytes:
    for _ in range(random.choice([1, 2, 19, 60])):
        if random.random() < 0.5:
            mail = b"Content-Type: message/rfc822\r\n\r\n" + mail
        else:
            kind = random.choice([b"mixed", b"alternative", b"related", b"signed", b"digest"])
            mark = random.choice([b"b1", b"n%d" % random.randrange(9)])
            mail = (
                b"Content-Type: multipart/" + kind + b"; boundary=" + mark + b"\r\n\r\n--" + mark
                + b"\r\n" + mail + b"\r\n--" + mark + b"--\r\n"
            )  # fmt: skip
    return mail


def _nest_html(random: Random, mail: bytes, _others: Sequence[bytes]) -> bytes:
    tag = random.choice([b"div", b"table><tr><td", b"b", b"blockquote", b"font", b"a href=x", b"p"])
    deep = (b"<" + tag + b">") * random.choice([10, 900, 5000])
    return b"Content-Type: text/html\r\n\r\n" + deep + mail


def _within_base64(random: Random, mail: bytes, others: Sequence[bytes]) -> bytes:
    """Damage what is encoded, so that the decoded file is damaged and not only its letters."""
    blocks = list(_BASE64.finditer(mail))
    if not blocks:
        return mail
    found = random.choice(blocks)
    try:
        content = base64.b64decode(found[0])
    except binascii.Error:
        return mail
    damage = random.choice([_flip, _insert, _remove, _repeat, _truncate])
    changed = damage(random, content, others)[:USUAL]
    return mail[: found.start()] + base64.encodebytes(changed) + mail[found.end() :]


MUTATIONS: list[Mutation] = [
    _flip, _flip, _insert, _insert, _remove, _repeat, _truncate, _splice, _add_header, _add_header,
    _change_header, _change_header, _change_charset, _change_boundary, _wrap, _nest_html,
    _within_base64, _within_base64,
]  # fmt: skip

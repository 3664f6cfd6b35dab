"""Mails to start from: one of each shape that the parser treats in its own way."""

from __future__ import annotations

import base64
import struct
from pathlib import Path

import compressed_rtf

HEAD = (
    b"From: Carol <carol@example.com>\r\nTo: support@example.org\r\nSubject: =?utf-8?Q?Re=3A_?="
    b" x\r\nMessage-ID: <1@example.com>\r\nReferences: <0@example.org>\r\nMIME-Version: 1.0\r\n"
)
DAEMON = b"Return-Path: <>\r\n" + HEAD.replace(b"Carol <carol@", b"<mailer-daemon@")
TEXT = (
    b"Content-Type: text/plain; charset=utf-8\r\n\r\nHello\r\n\r\nOn 3 Nov 2025 x@y.z wrote:\r\n>"
)
HTML = (
    b"Content-Type: text/html; charset=iso-2022-jp\r\nContent-Transfer-Encoding: quoted-printable"
    b"\r\n\r\n<p>New =1B$B</p><div class=3Dgmail_quote>On Mon, A wrote:<blockquote>old"
    b"<img src=3D'cid:i@x'></blockquote></div>"
)
CALENDAR = (
    b"Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"
    b"UID:1\r\nDTSTART;TZID=Europe/Berlin:20261121T100000\r\nDTEND:20261121T110000Z\r\n"
    b"SUMMARY:Meeting\\, long\r\n line\r\nEND:VEVENT\r\nEND:VCALENDAR"
)
PICTURE = (
    b"Content-Type: image/png; name*0*=utf-8''%C3%BC; name*1=.png\r\nContent-ID: <i@x>\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo="
)
REPORT = (
    b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\n"
    b"Final-Recipient: rfc822; gone@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n"
    b"Diagnostic-Code: smtp; 550 no such user"
)
ENCLOSED = b"Content-Type: message/rfc822\r\n\r\nSubject: inner\r\nMessage-ID: <9@x>\r\n\r\nbody"
UUENCODED = b"Content-Type: text/plain\r\n\r\nsee\r\nbegin 644 a.txt\r\n#86)C\r\n`\r\nend\r\n"
RTF = rb"{\rtf1\ansi\ansicpg1252\fromhtml1 {\*\htmltag <p>}\htmlrtf {\htmlrtf0 Gr\'fc\u223 ?e\par}}"


def multipart(kind: str, *parts: bytes, boundary: str = "b1") -> bytes:
    """A part (header, empty line, body) that holds `parts`."""
    mark = b"--" + boundary.encode()
    lines = b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts)
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode()
    return head + lines + mark + b"--\r\n"


def winmail() -> bytes:
    """A part with winmail.dat: a text, a compressed RTF body and one file."""
    name = "Übersicht.txt\0".encode("utf-16-le")
    packed = compressed_rtf.compress(RTF)
    body = struct.pack("<IHHII", 1, 0x102, 0x1009, 1, len(packed)) + packed + b"\0" * 4
    long_name = struct.pack("<IHHII", 1, 0x1F, 0x3707, 1, len(name)) + name + b"\0\0"
    stream = b"\x78\x9f\x3e\x22\x01\x00"
    for attribute, value in (
        (0x00069003, body), (0x00069002, b"\0" * 14), (0x00018010, b"A.TXT\0"),
        (0x0006800F, b"content"), (0x00069005, long_name),
    ):  # fmt: skip
        checksum = struct.pack("<H", sum(value) & 0xFFFF)
        stream += b"\x01" + struct.pack("<II", attribute, len(value)) + value + checksum
    return (
        b"Content-Type: application/ms-tnef; name=winmail.dat\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(stream)
    )


def own_seeds() -> list[bytes]:
    """The seeds of this repository, always the same and in the same order."""
    alternative = multipart("alternative", TEXT, HTML, CALENDAR, boundary="b2")
    return [
        HEAD + TEXT,
        HEAD + HTML,
        HEAD + UUENCODED,
        HEAD + multipart("mixed", alternative, PICTURE, ENCLOSED, winmail()),
        HEAD + multipart("related", HTML, PICTURE),
        DAEMON + multipart("report; report-type=delivery-status", TEXT, REPORT, ENCLOSED),
        HEAD + multipart("signed", TEXT, b"Content-Type: application/pgp-signature\r\n\r\nx"),
        HEAD + multipart("mixed", winmail()),
        HEAD + b"Content-Type: text/plain; format=flowed; delsp=yes\r\n\r\na \r\n> b \r\n-- \r\n",
        HEAD + b"Content-Type: text/enriched\r\n\r\n<bold>x</bold><<y<param>z</param>",
        b"Auto-Submitted: auto-replied\r\n" + HEAD + b"\r\nI am away.",
        b"",
    ]


def seeds_of(folder: Path) -> list[bytes]:
    """Further mails from a folder, by name, those of at most 100 kB."""
    files = sorted(path for path in folder.iterdir() if path.is_file())
    return [path.read_bytes() for path in files if path.stat().st_size <= 100_000]

"""Bodies in compressed RTF, as Outlook packs them into winmail.dat."""

from __future__ import annotations

import struct
import time

import compressed_rtf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels_in.email.parse import parse
from channels_in.email.parse.rtf import read_rtf, unpack_rtf
from tests.fuzz.seeds import HEAD, RTF, multipart, winmail


@pytest.mark.parametrize(
    ("source", "text", "html"),
    [
        (r"{\rtf1\ansi Hello\par World\tab !}", "Hello\nWorld\t!", ""),
        (r"{\rtf1{\fonttbl{\f0 Arial;}}{\*\generator X;}Gr\'fc\'dfe}", "Grüße", ""),
        (r"{\rtf1\ansicpg932\'93\'fa\'96\'7b}", "日本", ""),
        (r"{\rtf1\uc1 \u26085 ?\u26412 ?x}", "日本x", ""),
        (r"{\rtf1\uc0 \u-10179 \u-8704 }", "😀", ""),
        (r"{\rtf1 \{a\}\\ \ldblquote b\rdblquote}", "{a}\\ “b”", ""),
        (r"{\rtf1\fromhtml1{\*\htmltag <p>}Hi{\*\htmltag <b>}\htmlrtf {\b \htmlrtf0 you\htmlrtf }"
         r"\htmlrtf0{\*\htmltag </b></p>}}", "", "<p>Hi<b>you</b></p>"),
        ("", "", ""),
        ("}}}}{{{{", "", ""),
    ],
)  # fmt: skip
def test_rtf_is_read_as_text_or_as_the_html_it_was_made_of(source, text, html):
    assert read_rtf(source) == (text, html)


def test_the_body_of_a_winmail_dat_is_read_when_there_is_no_other():
    message = parse(HEAD + multipart("mixed", winmail()))
    assert "Grß" in message.html or "Grüß" in message.html
    assert message.text.startswith("Grü")
    assert [file.filename for file in message.attachments] == ["Übersicht.txt"]


@pytest.mark.parametrize(
    "packed", [b"", b"LZFu", b"x" * 16, compressed_rtf.compress(RTF)[:-5], b"\xff" * 900]
)
def test_a_damaged_body_is_none(packed):
    assert unpack_rtf(packed) == ""


def test_a_body_that_grows_is_bounded():
    reference = b"\xff" + b"\x00\x0f" * 8  # copies of 17 letters
    content = reference * (64 * 1024 // len(reference))
    head = struct.pack("<II", len(content) + 12, 2**31) + b"LZFu"
    crc = struct.pack("<I", compressed_rtf.crc32.crc32(content))
    started = time.process_time()
    assert len(unpack_rtf((head + crc + content)[: 64 * 1024])) < 2_000_000
    read_rtf("{\\b " * 100_000 + "\\u1 ?" * 100_000)
    assert time.process_time() - started < 4


@given(st.text(alphabet="\\{}'*uc0159abhtmlrtfag <>\n-?é", max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_rtf_is_read(source):
    text, html = read_rtf("{\\rtf1" + source)
    (text + html).encode()

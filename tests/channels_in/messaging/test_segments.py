"""What a text costs by SMS, against the tables of 3GPP TS 23.038 and examples of carriers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels_in.sms.segments import BASIC, EXTENDED, GSM, UCS2, Segments, segments_of


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", Segments(GSM, 0, 0, 160)),
        ("a" * 160, Segments(GSM, 1, 160, 0)),
        ("a" * 161, Segments(GSM, 2, 161, 145)),
        ("a" * 306, Segments(GSM, 2, 306, 0)),
        ("a" * 307, Segments(GSM, 3, 307, 152)),
        ("€" * 80, Segments(GSM, 1, 160, 0)),
        ("€" * 81, Segments(GSM, 2, 162, 143)),
        ("Grüße aus Köln, 5 £", Segments(GSM, 1, 19, 141)),
        ("ж" * 70, Segments(UCS2, 1, 70, 0, ("ж",))),
        ("ж" * 71, Segments(UCS2, 2, 71, 63, ("ж",))),
        ("😀" * 35, Segments(UCS2, 1, 70, 0, ("😀",))),
        ("ok 👍", Segments(UCS2, 1, 5, 65, ("👍",))),
        ("“quoted”", Segments(UCS2, 1, 8, 62, ("“", "”"))),
    ],
)
def test_a_text_becomes_as_many_messages_as_its_letters_need(text, wanted):
    assert segments_of(text) == wanted


def test_a_letter_of_two_units_is_not_cut_in_half():
    # 152 units, then a letter of two: it begins the second part, and one unit stays empty.
    assert segments_of("a" * 152 + "€" + "b" * 20) == Segments(GSM, 2, 174, 131)
    assert segments_of("ж" * 66 + "😀" + "ж" * 10) == Segments(UCS2, 2, 78, 55, ("ж", "😀"))


def test_the_alphabet_has_the_letters_of_the_standard():
    assert len(BASIC) == 127  # 128 places, one of which is the escape
    assert len(EXTENDED) == 10


@given(st.text(max_size=700))
def test_parts_hold_all_units_and_no_more_than_fit(text):
    found = segments_of(text)
    whole, part = (160, 153) if found.encoding == GSM else (70, 67)
    room = whole if found.count <= 1 else part * found.count
    assert 0 <= found.left <= whole
    assert found.units <= room
    assert found.units > part * (found.count - 1) - (found.count - 1) or found.count <= 1

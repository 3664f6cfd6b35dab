"""Forwards as the big clients write them."""

from __future__ import annotations

import pytest

from channels_in.email.parse.forwards import read_forward

GMAIL = """Can someone take this one?

-- 
Alice Archer
BrightCart

---------- Forwarded message ---------
From: Carol Customer <carol@nordwind.example>
Date: Fri, Nov 20, 2026 at 10:00 AM
Subject: My parcel
To: alice@example.com <alice@example.com>


Hello Alice,
where is my parcel?
"""  # noqa: W291  the signature mark ends with a space
APPLE = """Can someone take this one?

Begin forwarded message:

> From: Carol Customer <carol@nordwind.example>
> Subject: My parcel
> Date: 20 November 2026 at 10:00:00 CET
> To: alice@example.com
>
> Hello Alice,
> where is my parcel?
"""
OUTLOOK = """Can someone take this one?

From: Carol Customer <carol@nordwind.example>
Sent: Friday, November 20, 2026 10:00 AM
To: Alice Archer <alice@example.com>; Bob <bob@example.com>
Subject: My parcel

Hello Alice,
where is my parcel?
"""
GERMAN = """Can someone take this one?

-----Weitergeleitete Nachricht-----
Von: Carol Customer <carol@nordwind.example>
Gesendet: Freitag, 20. November 2026 10:00
An: Alice
Betreff: My parcel

Hello Alice,
where is my parcel?
"""


@pytest.mark.parametrize(
    "text", [GMAIL, APPLE, OUTLOOK, GERMAN], ids=["Gmail", "Apple Mail", "Outlook", "German"]
)
def test_a_forward_is_read_apart_from_what_stands_above_it(text: str) -> None:
    forward = read_forward(text)

    assert forward is not None
    assert (forward.sender.name, forward.sender.email) == (
        "Carol Customer", "carol@nordwind.example",
    )  # fmt: skip
    assert forward.subject == "My parcel"
    assert forward.note == "Can someone take this one?"
    assert forward.text == "Hello Alice,\nwhere is my parcel?"


@pytest.mark.parametrize(
    "text", ["", "Hello\nFrom: me", "---------- Forwarded message ---------\nnothing"]
)
def test_what_names_no_sender_is_no_forward(text: str) -> None:
    assert read_forward(text) is None

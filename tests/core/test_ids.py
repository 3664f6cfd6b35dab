"""Signed identifiers: whatever was not signed here, for this, reads as nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import ids

NUMBERS = st.lists(st.integers(min_value=0, max_value=10**18 - 1), min_size=1, max_size=3)


@given(numbers=NUMBERS)
def test_what_was_signed_is_read_whatever_its_case(numbers):
    token = ids.sign("reply", *numbers)
    assert ids.read("reply", token) == tuple(numbers)
    assert ids.read("reply", token.upper()) == tuple(numbers)


@given(numbers=NUMBERS, position=st.integers(min_value=0), letter=st.sampled_from("abcxyz0239-"))
def test_one_changed_letter_makes_it_worthless(numbers, position, letter):
    token = ids.sign("reply", *numbers)
    position %= len(token)
    forged = token[:position] + letter + token[position + 1 :]
    assert forged == token or ids.read("reply", forged) is None


@given(numbers=NUMBERS)
def test_a_token_serves_one_purpose(numbers):
    assert ids.read("message", ids.sign("reply", *numbers)) is None


def test_another_key_signs_differently(settings):
    token = ids.sign("reply", 42)
    settings.SECRET_KEY = "another key, also long enough to be one"
    assert ids.read("reply", token) is None


@given(text=st.text())
def test_no_text_is_taken_for_a_token(text):
    assert ids.read("reply", text) is None


@pytest.mark.parametrize("token", ["", "42", "42-", "-" * 21, "٤٢-" + "a" * 20, "1-" + "a" * 20])
def test_forgeries_read_as_nothing(token):
    assert ids.read("reply", token) is None


def test_tokens_survive_an_address():
    token = ids.sign("reply", 10**18 - 1, 10**18 - 1)
    assert len(f"support+{token}") <= 64 + 8
    assert set(token) <= set("abcdefghijklmnopqrstuvwxyz234567890189-")

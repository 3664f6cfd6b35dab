"""Cards and bank accounts by the arithmetic of their standards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.reply_check import Reply, check
from tickets.reply_check.rules.secrets import is_iban, passes_luhn


@given(st.text("0123456789", min_size=12, max_size=18))
def test_one_last_digit_in_ten_passes_luhn(digits):
    assert sum(passes_luhn(f"{digits}{last}") for last in range(10)) == 1


@given(st.text("0123456789", min_size=18, max_size=18))
def test_one_pair_of_check_digits_passes_for_a_german_account(account):
    assert sum(is_iban(f"DE{check_digits:02}{account}") for check_digits in range(2, 99)) == 1


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("4242-4242-4242-4242", ["card_number"]),
        ("Karte 4242424242424242.", ["card_number"]),
        ("42424242424242421", []),
        ("ID-4242424242424242", []),
        ("BE68 5390 0754 7034 is mine", ["bank_account"]),
        ("be68539007547034", ["bank_account"]),
        ("BE69 5390 0754 7034", []),
        ("XX68 5390 0754 7034", []),
    ],
)
def test_numbers_in_a_text(text, codes):
    assert [finding.code for finding in check(Reply(text=text, is_public=False))] == codes

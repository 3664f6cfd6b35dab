"""Secrets at rest (attack 49)."""

from __future__ import annotations

import pytest

from core.crypto import CannotUnseal, seal, unseal


def test_what_is_sealed_comes_back_and_cannot_be_read_in_between() -> None:
    sealed = seal("pässword")

    assert "pässword" not in sealed
    assert unseal(sealed) == "pässword"
    assert seal("pässword") != sealed


def test_nothing_stays_nothing() -> None:
    assert seal("") == ""
    assert unseal("") == ""


def test_a_changed_value_is_refused() -> None:
    sealed = seal("password")
    changed = sealed[:-4] + ("AAAA" if not sealed.endswith("AAAA") else "BBBB")

    with pytest.raises(CannotUnseal):
        unseal(changed)


def test_an_old_key_still_opens_while_it_is_named(settings) -> None:
    old = settings.SECRET_KEY
    sealed = seal("password")

    settings.SECRET_KEY = "a new key that is quite long"
    settings.SECRET_KEY_FALLBACKS = [old]
    assert unseal(sealed) == "password"

    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(CannotUnseal, match="SECRET_KEY"):
        unseal(sealed)

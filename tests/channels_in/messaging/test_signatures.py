"""Signatures of webhooks, with the examples that the networks publish where they do (attack 45)."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

from channels_in import signatures


def test_a_body_of_meta_is_proven_by_the_secret_of_the_app():
    body, secret = b'{"object":"page"}', "app-secret"
    good = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    assert signatures.is_meta(body, good, secret)
    assert not signatures.is_meta(body + b" ", good, secret)
    assert not signatures.is_meta(body, good.removeprefix("sha256="), secret)
    assert not signatures.is_meta(body, "sha256=", secret)
    assert not signatures.is_meta(body, "sha256=ü", secret)
    assert not signatures.is_meta(body, good, "")


def test_twilios_own_example_is_proven():
    # twilio.com/docs/usage/security, "Validating requests": URL, fields and token as printed there.
    fields = [
        ("CallSid", "CA1234567890ABCDE"), ("Caller", "+12349013030"), ("Digits", "1234"),
        ("From", "+12349013030"), ("To", "+18005551212"),
    ]  # fmt: skip
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    wanted = "0/KCTR6DLpKmkAf8muzZqo1nDgQ="
    assert signatures.is_twilio(url, fields, wanted, "12345")
    assert signatures.is_twilio(url, reversed(fields), wanted, "12345")
    assert not signatures.is_twilio(url, [*fields, ("Extra", "1")], wanted, "12345")
    assert not signatures.is_twilio(url.replace("https", "http"), fields, wanted, "12345")
    assert not signatures.is_twilio(url, fields, wanted, "")


def test_a_custom_message_is_proven_only_while_it_is_fresh():
    now = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
    stamp = str(int(now.timestamp()))
    good = signatures.custom_signature(b"{}", stamp, "s3cret")
    for age in (timedelta(0), timedelta(minutes=5), -timedelta(minutes=5)):
        assert signatures.is_custom(b"{}", stamp, good, "s3cret", now=now + age)
    assert not signatures.is_custom(
        b"{}", stamp, good, "s3cret", now=now + timedelta(minutes=5, seconds=1)
    )
    assert not signatures.is_custom(b"{ }", stamp, good, "s3cret", now=now)
    assert not signatures.is_custom(b"{}", str(int(stamp) + 1), good, "s3cret", now=now)
    for odd in ("", "abc", "١٢٣", "9" * 400, "-1"):
        assert not signatures.is_custom(b"{}", odd, good, "s3cret", now=now)

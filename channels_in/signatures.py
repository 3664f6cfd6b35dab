"""Signatures by which networks prove that a webhook is theirs. Compared in constant time."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime, timedelta

REPLAY_WINDOW = timedelta(minutes=5)


def is_meta(raw: bytes, header: str, app_secret: str) -> bool:
    """`X-Hub-Signature-256: sha256=…`, the HMAC of the raw body under the app's secret."""
    given = header.removeprefix("sha256=")
    wanted = hmac.new(app_secret.encode(), raw, hashlib.sha256).hexdigest()
    return bool(app_secret) and header.startswith("sha256=") and _same(given, wanted)


def is_twilio(url: str, fields: Iterable[tuple[str, str]], header: str, auth_token: str) -> bool:
    """`X-Twilio-Signature`: HMAC-SHA1 of the address with every field, sorted, behind it.

    SHA-1 is Twilio's choice; as a MAC it is not broken.
    """
    parts = "".join(f"{name}{value}" for name, value in sorted(set(fields)))
    mac = hmac.new(auth_token.encode(), f"{url}{parts}".encode(), hashlib.sha1).digest()
    return bool(auth_token) and _same(header, base64.b64encode(mac).decode())


def is_secret(given: str, wanted: str) -> bool:
    """A shared secret in a header (Telegram's `X-Telegram-Bot-Api-Secret-Token`)."""
    return bool(wanted) and _same(given, wanted)


def custom_signature(raw: bytes, timestamp: str, secret: str) -> str:
    """`sha256=` and HMAC-SHA256 of the timestamp, a dot and the body (docs/custom-channel.md)."""
    mac = hmac.new(secret.encode(), timestamp.encode() + b"." + raw, hashlib.sha256)
    return f"sha256={mac.hexdigest()}"


def is_custom(raw: bytes, timestamp: str, header: str, secret: str, *, now: datetime) -> bool:
    """The same, and not older or newer than the replay window."""
    if not (secret and timestamp.isascii() and timestamp.isdecimal() and len(timestamp) <= 12):
        return False
    is_fresh = abs(now.timestamp() - int(timestamp)) <= REPLAY_WINDOW.total_seconds()
    return is_fresh and _same(header, custom_signature(raw, timestamp, secret))


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())

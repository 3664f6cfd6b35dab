"""Short signed identifiers that cross the outside world and come back: reply addresses, links.

A token is `<parts>-<mac>` in lower-case letters and digits, because the local part of an e-mail
address loses its case on the way (RFC 5321 §2.4 forbids that, some servers do it all the same).
The MAC is HMAC-SHA-256 over purpose and parts, cut to 100 bits (RFC 2104 §5 allows cutting to half
the output; below 80 bits it does not).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re

from django.conf import settings

_MAC_LETTERS = 20  # of base32: 100 bits


def sign(purpose: str, *numbers: int) -> str:
    """`sign("reply", 42, 7)` → `"42-7-k3j…"`."""
    body = "-".join(str(number) for number in numbers)
    return f"{body}-{_mac(purpose, body)}"


def read(purpose: str, token: str) -> tuple[int, ...] | None:
    """The numbers inside a token, or None when it was not made by `sign` for this purpose."""
    match = re.fullmatch(r"((?:\d{1,18}-)*\d{1,18})-([a-z2-7]{20})", token.lower(), re.ASCII)
    if not match:
        return None
    body, mac = match.groups()
    if not hmac.compare_digest(mac, _mac(purpose, body)):
        return None
    return tuple(int(number) for number in body.split("-"))


def _mac(purpose: str, body: str) -> str:
    key = hashlib.sha256(b"helpdesk.ids:" + settings.SECRET_KEY.encode()).digest()
    digest = hmac.new(key, f"{purpose}:{body}".encode(), hashlib.sha256).digest()
    return base64.b32encode(digest).decode().lower()[:_MAC_LETTERS]

"""OAuth 1.0a signatures (RFC 5849 §3.4.2, HMAC-SHA1), as X wants them. Pure."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Keys:
    api_key: str
    api_secret: str
    token: str
    token_secret: str


def authorization(
    keys: Keys,
    method: str,
    url: str,
    query: Mapping[str, str],
    *,
    nonce: str = "",
    timestamp: int | None = None,
) -> str:
    """The Authorization header of a request whose body is JSON or empty (it is not signed)."""
    oauth = {
        "oauth_consumer_key": keys.api_key,
        "oauth_nonce": nonce or secrets.token_hex(16),
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": str(int(time.time()) if timestamp is None else timestamp),
        "oauth_token": keys.token,
        "oauth_version": "1.0",
    }
    oauth["oauth_signature"] = signature(keys, method, url, {**query, **oauth})
    fields = ", ".join(f'{name}="{_escaped(value)}"' for name, value in sorted(oauth.items()))
    return f"OAuth {fields}"


def signature(keys: Keys, method: str, url: str, parameters: Mapping[str, str]) -> str:
    """HMAC-SHA1 over the method, the address without query, and the sorted parameters."""
    pairs = sorted((_escaped(name), _escaped(value)) for name, value in parameters.items())
    normal = "&".join(f"{name}={value}" for name, value in pairs)
    base = "&".join((method.upper(), _escaped(url), _escaped(normal)))
    key = f"{_escaped(keys.api_secret)}&{_escaped(keys.token_secret)}"
    mac = hmac.new(key.encode(), base.encode(), hashlib.sha1).digest()
    return base64.b64encode(mac).decode()


def _escaped(text: str) -> str:
    return quote(text, safe="-._~")

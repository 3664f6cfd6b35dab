"""Proof that a call is ours: Standard Webhooks; Zendesk's headers for receivers that know them."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime


def signed_headers(
    *, message_id: str, at: datetime, body: bytes, secrets: Sequence[str]
) -> dict[str, str]:
    """Headers that sign id, time and body; also an empty body. The newest secret comes first.

    A receiver compares one of the `v1` signatures and refuses a timestamp older than five minutes,
    so that a call cannot be played again. Zendesk's signature has no separator between time and
    body; receivers that can choose take the other.
    """
    stamp = str(int(at.timestamp()))
    signed = f"{message_id}.{stamp}.".encode() + body
    iso = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "webhook-id": message_id,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(f"v1,{_mac(_key(key), signed)}" for key in secrets),
        "X-Zendesk-Webhook-Signature": _mac(secrets[0].encode(), iso.encode() + body),
        "X-Zendesk-Webhook-Signature-Timestamp": iso,
        "X-Zendesk-Webhook-Id": message_id,
    }


def _key(secret: str) -> bytes:
    return base64.b64decode(secret.removeprefix("whsec_"))


def _mac(key: bytes, text: bytes) -> str:
    return base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()

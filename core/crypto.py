"""Secrets at rest: sealed with a key made from SECRET_KEY, or one of SECRET_KEY_FALLBACKS.

What is sealed can be read by this installation only. A value that was changed, or sealed with a key
that is gone, is refused: nothing is guessed (attacks 48, 49).
"""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class CannotUnseal(Exception):
    """A stored secret cannot be read; usually SECRET_KEY has changed. Enter the secret anew."""

    def __init__(self) -> None:
        super().__init__(
            "A stored password or key cannot be read, because SECRET_KEY has changed. "
            "Enter it again, or put the old key into SECRET_KEY_FALLBACKS."
        )


def seal(text: str) -> str:
    """Encrypt and sign a text; empty stays empty."""
    return _box().encrypt(text.encode()).decode() if text else ""


def unseal(sealed: str) -> str:
    """The text that `seal` was given. Raises CannotUnseal."""
    if not sealed:
        return ""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise CannotUnseal from error


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(key)) for key in keys])


def _key(secret: str) -> bytes:
    digest = hashlib.sha256(b"helpdesk.crypto:" + secret.encode()).digest()
    return base64.urlsafe_b64encode(digest)

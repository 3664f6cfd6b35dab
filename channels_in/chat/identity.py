"""Who a visitor is: the browser's secret, and the site's word for a customer of its own.

The site signs on its server: HMAC-SHA-256 with the widget's secret over the external id, and over
the mail and the end of the signature when they are given, each on a line of its own (docs/chat.md).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from channels_in.models import ChatWidget
from core import clock
from core.crypto import CannotUnseal, unseal


@dataclass(frozen=True, slots=True)
class Vouched:
    """A customer whom the site vouches for. `email` is proven only when it was signed."""

    external_id: str
    email: str = ""
    name: str = ""


def new_token() -> str:
    """256 bits that only the visitor's browser keeps."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def sign(secret: str, external_id: str, email: str = "", expires: str = "") -> str:
    """What the site puts into the page as `data-signature`."""
    lines = [external_id, email, expires]
    while lines and not lines[-1]:
        lines.pop()
    return hmac.new(secret.encode(), "\n".join(lines).encode(), hashlib.sha256).hexdigest()


def vouched_for(widget: ChatWidget, claim: object) -> Vouched | None:
    """The customer of a claim `{"id", "email", "name", "expires", "signature"}`; None when the
    signature is not this widget's, has ended, or there is none (attack 36).
    """
    if not isinstance(claim, dict):
        return None
    names = ("id", "email", "expires", "signature")
    parts = [str(claim.get(name) or "") for name in names]
    external_id, email, expires, signature = parts
    if not external_id or len(external_id) > 200 or len(email) > 254:
        return None
    if any(not part.isprintable() for part in parts) or not _is_alive(expires):
        return None
    for secret in _secrets(widget):
        if hmac.compare_digest(sign(secret, external_id, email, expires), signature.lower()):
            return Vouched(external_id, email, str(claim.get("name") or "")[:200])
    return None


def _is_alive(expires: str) -> bool:
    """`expires` in seconds since 1970; a signature without one does not end."""
    if not expires:
        return True
    return expires.isascii() and expires.isdigit() and int(expires[:12]) > clock.now().timestamp()


def _secrets(widget: ChatWidget) -> list[str]:
    sealed = [widget.sealed_secret]
    if widget.old_secret_ends_at and widget.old_secret_ends_at > clock.now():
        sealed.append(widget.sealed_old_secret)
    found = []
    for each in sealed:
        try:
            found.append(unseal(each))
        except CannotUnseal:
            continue
    return [secret for secret in found if secret]

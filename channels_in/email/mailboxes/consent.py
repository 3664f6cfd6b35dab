"""Asking the owner of a mailbox for consent: the authorisation-code flow of OAuth 2 with PKCE.

RFC 6749 §4.1, RFC 7636 (S256), RFC 9700 §2.1.1 (PKCE and state in any case).
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from django.utils.translation import gettext as _

from channels_in.email.mailboxes.errors import MailboxError
from channels_in.email.mailboxes.oauth import post_form, read_answer


@dataclass(frozen=True, slots=True)
class Consenter:
    """A provider's published endpoints. `extra` are parameters that only it knows."""

    title: str
    authorize_url: str
    token_url: str
    scope: str
    extra: tuple[tuple[str, str], ...] = ()


CONSENTERS = {
    # https://developers.google.com/identity/protocols/oauth2/web-server
    "google": Consenter(
        "Google", "https://accounts.google.com/o/oauth2/v2/auth",
        "https://oauth2.googleapis.com/token", "https://mail.google.com/",
        # Without these two Google gives no refresh token, or only the first time.
        (("access_type", "offline"), ("prompt", "consent")),
    ),
    # https://learn.microsoft.com/exchange/client-developer/legacy-protocols/
    "microsoft": Consenter(
        "Microsoft", "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
        "https://login.microsoftonline.com/common/oauth2/v2.0/token",
        "https://outlook.office.com/IMAP.AccessAsUser.All "
        "https://outlook.office.com/POP.AccessAsUser.All "
        "https://outlook.office.com/SMTP.Send offline_access",
        (("prompt", "select_account"),),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Request:
    """One question to the owner: where to send them, and what to remember until they return."""

    url: str
    state: str
    verifier: str = field(repr=False)


def ask_for_consent(
    consenter: Consenter, *, client_id: str, return_to: str, address: str
) -> Request:
    """The address of the provider's question, with a fresh state and PKCE challenge."""
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(64)
    digest = hashlib.sha256(verifier.encode()).digest()
    query = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": return_to,
        "scope": consenter.scope,
        "state": state,
        "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
        "code_challenge_method": "S256",
        "login_hint": address,
        **dict(consenter.extra),
    }
    separator = "&" if urlsplit(consenter.authorize_url).query else "?"
    return Request(f"{consenter.authorize_url}{separator}{urlencode(query)}", state, verifier)


def refresh_token_for(
    code: str,
    *,
    token_url: str,
    client_id: str,
    client_secret: str,
    return_to: str,
    verifier: str,
) -> str:
    """Exchange the code the owner brought back (RFC 6749 §4.1.3). Raises MailboxError."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": return_to,
        "client_id": client_id,
        "client_secret": client_secret,
        "code_verifier": verifier,
    }
    place = urlsplit(token_url)
    if place.scheme != "https" or not place.hostname:
        raise MailboxError(_("The address of the token server must begin with https://."))
    filled = urlencode({name: value for name, value in form.items() if value})
    status, body = post_form(place.hostname, place.port or 443, place, filled)
    answer = read_answer(body)
    token = answer.get("refresh_token")
    if status == 200 and isinstance(token, str) and token:
        return token
    if status == 200:
        raise MailboxError(
            _("The provider gave no refresh token. Take the consent back there and ask again.")
        )
    error = str(answer.get("error", ""))[:60]
    raise MailboxError(
        _("The provider refused the code (%(error)s). Ask for consent again.")
        % {"error": error or f"status {status}"}
    )

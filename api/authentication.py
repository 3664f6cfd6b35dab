"""Who is calling: `Bearer <token>`, or Basic with `email/token:<token>` as Zendesk has it."""

from __future__ import annotations

import base64
import binascii

from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.actions import use_api_token
from accounts.actor import actor_for
from accounts.models import ApiToken, User

_MARK = "/token"
_REFUSED = "This token is not valid. Make one with `bin/manage api_token EMAIL`."


class TokenAuthentication(BaseAuthentication):
    """Sets request.user, request.auth (the token) and request.actor (channel "api")."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        header = request.META.get("HTTP_AUTHORIZATION", "")
        if not header:
            return None
        email, secret = _credentials(header)
        token = use_api_token(secret=secret)
        if token is None or (email is not None and token.user.email != email):
            raise AuthenticationFailed(_REFUSED)
        request._request.actor = actor_for(token.user, channel="api")  # type: ignore[attr-defined]
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


def _credentials(header: str) -> tuple[str | None, str]:
    """The address (Basic only) and the secret. Raises AuthenticationFailed."""
    scheme, _, value = header.partition(" ")
    if scheme.lower() == "bearer":
        return None, value.strip()
    if scheme.lower() != "basic":
        raise AuthenticationFailed("Use Bearer or Basic authentication.")
    try:
        name, _, secret = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise AuthenticationFailed("The Authorization header cannot be read.") from error
    if not name.endswith(_MARK):
        raise AuthenticationFailed(
            "Passwords are not accepted here. Use EMAIL/token as the name and an API token."
        )
    return name.removesuffix(_MARK).strip().lower(), secret

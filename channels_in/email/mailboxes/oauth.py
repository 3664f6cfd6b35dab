"""OAuth 2: access tokens from a refresh token (RFC 6749 §6), kept sealed until they expire."""

from __future__ import annotations

import http.client
import json
import threading
from typing import Any
from urllib.parse import urlencode, urlsplit

from channels_in.actions.grants import Tokens, keep_token
from channels_in.email.mailboxes.connections import connect, tls_context
from channels_in.email.mailboxes.errors import MailboxError, connection_error
from channels_in.email.mailboxes.resting import rest
from channels_in.models import OAuthGrant
from core.crypto import CannotUnseal, unseal

ANSWER_BYTES = 64 * 1024
STEP_SECONDS = 10.0
WHOLE_SECONDS = 20.0
CONSENT_EXPIRED = "The consent has expired: connect the mailbox again."


def access_token(grant_id: int, *, instead_of: str = "") -> str:
    """A token that is valid for another minute at least; `instead_of` one that was refused.

    One process asks at a time: a server that gives a new refresh token each time sees the old one
    once. Raises MailboxError.
    """
    try:
        token, failure = keep_token(grant_id=grant_id, instead_of=instead_of, ask=_ask_bounded)
    finally:
        rest()
    if failure:
        raise failure
    return token


def xoauth2(username: str, token: str) -> bytes:
    """What the mechanism XOAUTH2 of Google and Microsoft sends."""
    return f"user={username}\1auth=Bearer {token}\1\1".encode()


def _ask_bounded(grant: OAuthGrant) -> Tokens | Exception:
    """Ask the token server, for WHOLE_SECONDS at most: single time limits do not add up to one."""
    answers: list[Tokens | Exception] = []

    def ask() -> None:
        try:
            answers.append(_ask(grant))
        except MailboxError as error:
            answers.append(error)

    thread = threading.Thread(target=ask, name="token", daemon=True)
    thread.start()
    thread.join(WHOLE_SECONDS)
    if answers:
        return answers[0]
    return MailboxError("The token server did not answer in time.")


def _ask(grant: OAuthGrant) -> Tokens:
    place = urlsplit(grant.token_url)
    if place.scheme != "https" or not place.hostname:
        raise MailboxError("The address of the token server must begin with https://.")
    status, body = post_form(place.hostname, place.port or 443, place, _form(grant))
    answer = read_answer(body)
    error = answer.get("error")
    if error == "invalid_grant":
        raise MailboxError(CONSENT_EXPIRED, is_refusal=True)
    if error in ("invalid_client", "unauthorized_client", "invalid_scope", "invalid_request"):
        raise MailboxError(
            f"The token server refuses this client ({error}). Check the client's id and secret.",
            is_refusal=True,
        )
    token = answer.get("access_token")
    if status != 200 or not isinstance(token, str) or not token.isascii():
        raise MailboxError(f"The token server {place.hostname} gave no token (status {status}).")
    fresh = answer.get("refresh_token")
    return Tokens(token, fresh if isinstance(fresh, str) else "", _lifetime(answer))


def _form(grant: OAuthGrant) -> str:
    try:
        fields = {
            "grant_type": "refresh_token",
            "refresh_token": unseal(grant.sealed_refresh_token),
            "client_id": grant.client_id,
            "client_secret": unseal(grant.sealed_client_secret),
            "scope": grant.scope,
        }
    except CannotUnseal as error:
        raise MailboxError(str(error), is_refusal=True) from error
    return urlencode({name: value for name, value in fields.items() if value})


def post_form(host: str, port: int, place: Any, form: str) -> tuple[int, bytes]:
    """Status and the beginning of the body; redirects are not followed."""
    connection = _Pinned(host, port, timeout=STEP_SECONDS)
    target = (place.path or "/") + (f"?{place.query}" if place.query else "")
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept": "application/json",
    }
    try:
        connection.request("POST", target, form, headers)
        response = connection.getresponse()
        return response.status, response.read(ANSWER_BYTES)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise connection_error(error, host, port) from error
    finally:
        connection.close()


class _Pinned(http.client.HTTPSConnection):
    """Connects to the address that was judged, with the name's certificate checked."""

    def connect(self) -> None:
        plain = connect(self.host, self.port, timeout=STEP_SECONDS)
        self.sock = tls_context().wrap_socket(plain, server_hostname=self.host)


def read_answer(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _lifetime(answer: dict[str, Any]) -> int:
    """Seconds; an hour when the server does not say (RFC 6749 §5.1 only recommends it)."""
    try:
        return max(0, min(int(answer.get("expires_in", 3600)), 86_400))
    except (TypeError, ValueError):
        return 3600

"""Signing in to Reddit: access tokens last a day and are kept per process until shortly before.

Either the account's name and password (an app of the kind "script") or a refresh token, which stays
valid until the account takes its consent back.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from threading import Lock

from channels_in.networks.network import Refused, TokenExpired
from channels_in.social.rest import Rest
from core import clock
from core.http import Http

HOST = "https://www.reddit.com"
_EARLY = 60  # seconds before it runs out, a token is changed

_kept: dict[str, tuple[str, float]] = {}
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Login:
    """What an administrator typed. `username` also names us to Reddit, which wants to know."""

    client_id: str
    client_secret: str
    username: str
    password: str = ""
    refresh_token: str = ""

    @property
    def agent(self) -> str:
        """In the form that Reddit's rules ask for; anything vaguer is slowed down."""
        return f"web:{self.client_id}:1.0 (by /u/{self.username})"

    @property
    def key(self) -> str:
        parts = (self.client_id, self.client_secret, self.username, self.password)
        return hashlib.sha256("\0".join((*parts, self.refresh_token)).encode()).hexdigest()


def token_of(login: Login) -> str:
    """A valid access token. Raises TokenExpired when Reddit takes the login no longer."""
    now = clock.now().timestamp()
    with _lock:
        token, until = _kept.get(login.key, ("", 0.0))
    if until > now:
        return token
    token, seconds = _fresh(login)
    with _lock:
        _kept[login.key] = (token, now + seconds - _EARLY)
    return token


def forget(login: Login) -> None:
    """Have the next question sign in anew."""
    with _lock:
        _kept.pop(login.key, None)


def _fresh(login: Login) -> tuple[str, float]:
    rest = Rest("Reddit", Http(HOST, headers={"User-Agent": login.agent}))
    try:
        said = rest.ask(
            "POST", "/api/v1/access_token", data=_grant(login),
            auth=(login.client_id, login.client_secret),
        )  # fmt: skip
    except Refused as error:
        raise TokenExpired(str(error)) from error
    finally:
        rest.close()
    if not isinstance(said, dict) or not said.get("access_token"):
        why = said.get("error", "no token") if isinstance(said, dict) else "no token"
        raise TokenExpired(f"Reddit does not let us in: {why}")
    return str(said["access_token"]), float(said.get("expires_in", 3600))


def _grant(login: Login) -> dict[str, str]:
    if login.refresh_token:
        return {"grant_type": "refresh_token", "refresh_token": login.refresh_token}
    if login.password:
        given = {"username": login.username, "password": login.password}
        return {"grant_type": "password", **given}
    raise Refused("Reddit needs the account's password, or a refresh token.")

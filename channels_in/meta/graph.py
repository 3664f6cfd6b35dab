"""Meta's Graph API: one host for WhatsApp, Messenger and Instagram, with one shape of errors.

developers.facebook.com/docs/graph-api/guides/error-handling, and for WhatsApp
developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes.
"""

from __future__ import annotations

from typing import Any

import httpx
from django.utils.translation import gettext as _

from channels_in.networks.network import (
    NetworkError,
    RateLimited,
    Refused,
    TokenExpired,
    Uncertain,
    Unreachable,
)
from channels_in.payloads import Payload
from core.http import WHOLE_SECONDS, Http, HttpError

HOST = "https://graph.facebook.com"
INSTAGRAM_HOST = "https://graph.instagram.com"  # of tokens that Instagram's own sign-in gave
VERSION = "v23.0"

_EXPIRED = {102, 190, 467}
_NO_PERMISSION = {3, 10, *range(200, 300)}
_OUTSIDE_WINDOW = {2018278, 2534022}  # subcodes of 10
_TOO_MUCH = {4, 17, 32, 341, 613, 80006, 80007, 130429, 131048, 133016}
# 131056: too much to one receiver at once; others are reached (networks.troubles finds that out).
_THEIR_TROUBLE = {1, 2, 131000, 131016, 131056, 133004}
WAIT = 60.0  # seconds, where nothing is said of how long


class OutsideWindow(Refused):
    """The customer wrote too long ago for a free text."""


class Graph:
    """A token's way to the Graph API. Answers are objects; everything else is a NetworkError."""

    def __init__(self, token: str, *, host: str = "", seconds: float = WHOLE_SECONDS) -> None:
        self._host = host or HOST
        self._http = Http(
            f"{self._host}/{VERSION}/", headers={"Authorization": f"Bearer {token}"},
            seconds=seconds,
        )  # fmt: skip

    def close(self) -> None:
        self._http.close()

    def get(self, path: str, **params: str) -> Payload:
        """Read; raises NetworkErrors, Unreachable for a connection that breaks."""
        return self._ask("GET", path, is_sending=False, params=params)

    def post(self, path: str, *, is_sending: bool = True, **options: Any) -> Payload:
        """Write. With `is_sending` a broken connection means that nobody knows what came of it."""
        return self._ask("POST", path, is_sending=is_sending, **options)

    def take_down(self, path: str) -> None:
        """Take something down; what is gone already is no error (code 100, subcode 33)."""
        try:
            self._ask("DELETE", path, is_sending=False)
        except Refused as error:
            if "(100)" not in str(error):
                raise

    def renewed_token(self, token: str) -> Payload:
        """A new long-lived token of Instagram's sign-in for one that is a day old at least."""
        params = {"grant_type": "ig_refresh_token", "access_token": token}
        return self._ask(
            "GET", f"{self._host}/refresh_access_token", is_sending=False, params=params
        )

    def read_file(self, url: str, *, max_bytes: int) -> httpx.Response:
        """A file of the content network, which wants the token as well."""
        try:
            answer = self._http.request("GET", url, max_bytes=max_bytes)
        except HttpError as error:
            raise Unreachable(str(error)) from error
        if answer.status_code >= 400:
            raise _without_words(answer, is_sending=False)
        return answer

    def _ask(self, method: str, path: str, *, is_sending: bool, **options: Any) -> Payload:
        try:
            answer = self._http.request(method, path, **options)
        except HttpError as error:
            kind = Uncertain if is_sending and error.has_left else Unreachable
            raise kind(str(error)) from error
        try:
            said = Payload(answer.json())
        except ValueError:
            raise _without_words(answer, is_sending=is_sending) from None
        if "error" in said:
            raise error_of(said.of("error"), answer)
        if answer.status_code >= 400:
            raise _without_words(answer, is_sending=is_sending)
        return said


def error_of(error: Payload, answer: httpx.Response | None = None) -> NetworkError:
    """What an error of the Graph API means for a message."""
    code, subcode = error.number("code") or 0, error.number("error_subcode")
    words = words_of(error)
    if code in _EXPIRED or (answer is not None and answer.status_code == 401):
        return TokenExpired(words)
    if subcode in _OUTSIDE_WINDOW or code == 131047:
        return OutsideWindow(words)
    if code in _NO_PERMISSION:
        return TokenExpired(words)  # a permission is missing: only signing in again brings it
    if code in _TOO_MUCH or (answer is not None and answer.status_code == 429):
        return RateLimited(words, retry_after=_wait(answer))
    if code in _THEIR_TROUBLE or error.values.get("is_transient") is True:
        return Unreachable(words)
    return Refused(words)


def words_of(error: Payload) -> str:
    """Meta's sentence with its number, which is what its documentation is searched by."""
    details = error.of("error_data").text("details")
    said = details or error.text("error_user_msg") or error.text("message") or error.text("title")
    code = error.text("code")
    return f"{said or _('Meta gave no reason.')} ({code})" if code else said


def _wait(answer: httpx.Response | None) -> float:
    header = answer.headers.get("retry-after", "") if answer is not None else ""
    return float(header) if header.isdecimal() else WAIT


def _without_words(answer: httpx.Response, *, is_sending: bool) -> NetworkError:
    words = _("Meta answered with status %(status)d.") % {"status": answer.status_code}
    if answer.status_code == 401:
        return TokenExpired(words)
    if answer.status_code == 429:
        return RateLimited(words, retry_after=_wait(answer))
    if answer.status_code >= 500:
        return Uncertain(words) if is_sending else Unreachable(words)
    return Refused(words)

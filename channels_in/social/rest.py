"""JSON over HTTP as most networks speak it: what an answer means for what we wanted."""

from __future__ import annotations

from typing import Any

import httpx
from django.utils.dateparse import parse_datetime

from channels_in.networks.network import (
    NetworkError,
    RateLimited,
    Refused,
    TokenExpired,
    Uncertain,
    Unreachable,
)
from core import clock
from core.http import Http, HttpError

_WAIT = 60.0  # seconds, where a network does not say how long
_UNPAID = 3600.0
_WORDS = ("error_description", "error", "detail", "title", "message", "reason")


class Rest:
    """An `Http` of one network whose troubles are NetworkErrors with the network's own words."""

    def __init__(self, network: str, http: Http) -> None:
        self.network = network
        self.http = http

    def close(self) -> None:
        self.http.close()

    def ask(self, method: str, path: str, *, may_repeat: bool = True, **options: Any) -> Any:
        """The JSON of the answer, {} for an empty one.

        `may_repeat`: asking again does no harm, so a broken connection leaves nothing open.
        """
        return self.answer(method, path, may_repeat=may_repeat, **options)[0]

    def answer(
        self, method: str, path: str, *, may_repeat: bool = True, **options: Any
    ) -> tuple[Any, httpx.Response]:
        """The same with the answer itself, for its headers."""
        try:
            answer = self.http.request(method, path, **options)
        except HttpError as error:
            if error.has_left and not may_repeat:
                raise Uncertain(f"The connection to {self.network} broke: {error}") from error
            raise Unreachable(f"{self.network} did not answer: {error}") from error
        if answer.status_code >= 400 or answer.is_redirect:
            raise self._error(answer, may_repeat)
        if not answer.content.strip():
            return {}, answer
        try:
            return answer.json(), answer
        except ValueError as error:
            raise Unreachable(f"{self.network} did not answer sensibly.") from error

    def _error(self, answer: httpx.Response, may_repeat: bool) -> NetworkError:
        status, words = answer.status_code, words_of(answer)
        if status == 401:
            return TokenExpired(f"{self.network} does not let us in: {words}")
        if status == 429:
            return RateLimited(
                f"{self.network} asks us to wait: {words}", retry_after=wait_of(answer)
            )
        if status == 402:  # the credits are used up: nothing is lost by waiting for new ones
            return RateLimited(f"{self.network} wants to be paid: {words}", retry_after=_UNPAID)
        if status >= 500:
            kind = Unreachable if may_repeat or status == 503 else Uncertain
            return kind(f"{self.network} is in trouble ({status}): {words}")
        return Refused(f"{self.network} refused it ({status}): {words}")


def words_of(answer: httpx.Response) -> str:
    """What the network says is wrong, in at most 200 letters."""
    try:
        body = answer.json()
    except ValueError:
        return answer.reason_phrase
    found = [str(body[name]) for name in _WORDS if isinstance(body, dict) and body.get(name)]
    return (found[0] if found else answer.reason_phrase)[:200]


def wait_of(answer: httpx.Response) -> float:
    """Seconds until the network takes questions again, by the headers that are in use."""
    headers = answer.headers
    if headers.get("retry-after", "").isdecimal():
        return float(headers["retry-after"])
    reset = headers.get("x-rate-limit-reset") or headers.get("x-ratelimit-reset") or ""
    try:
        number = float(reset)
    except ValueError:
        instant = parse_datetime(reset)
        return max((instant - clock.now()).total_seconds(), 1) if instant else _WAIT
    now = clock.now().timestamp()
    return max(number - now, 1) if number > 1_000_000_000 else max(number, 1)

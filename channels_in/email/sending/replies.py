"""What a server's or a provider's answer means for a message: gone, later, never, or nobody knows.

RFC 5321 §4.2.1: 4xx is for the moment, 5xx for good. RFC 3463: 5.3.4 and 5.2.3 are about size.
"""

from __future__ import annotations

import re
import smtplib
from dataclasses import dataclass
from enum import Enum, auto

import requests
from anymail.exceptions import (
    AnymailAPIError,
    AnymailError,
    AnymailRecipientsRefused,
)
from django.core.mail.backends.base import BaseEmailBackend

_TOO_LARGE = re.compile(r"\b5\.(?:3\.4|2\.3)\b")
# Who we are is in doubt, not this message: authentication required, failed, or too weak (RFC 4954).
_WHO = {530, 534, 535, 538}
_CLOSING = 421
# A gateway's answers: whether the message went on behind it, it does not know either.
_HTTP_UNCLEAR = {500, 502, 504, 520, 522, 524}
_HTTP_WHO = {401, 402, 403}


class End(Enum):
    SENT = auto()
    LATER = auto()
    NEVER = auto()
    UNKNOWN = auto()
    TOO_LARGE = auto()
    ROUTE = auto()  # nothing at all can leave this way


@dataclass(frozen=True, slots=True)
class Outcome:
    """`words` are for people and hold no secret; `ends_connection`: a new one is needed;
    `is_refusal`: a route's trouble that somebody has to do something about.
    """

    end: End
    words: str = ""
    ends_connection: bool = False
    is_refusal: bool = False

    @property
    def is_final(self) -> bool:
        """Whether trying the same again does no good."""
        return self.end in (End.NEVER, End.TOO_LARGE)


def outcome_of(error: Exception, connection: BaseEmailBackend) -> Outcome:
    """What an exception while sending says about the message. Pure, but for looking at the line."""
    if isinstance(error, AnymailError):
        return _of_provider(error)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, reply = next(iter(error.recipients.values()))
        return _of_reply(code, _text(reply))
    if isinstance(error, smtplib.SMTPResponseException):
        return _of_reply(error.smtp_code, _text(error.smtp_error))
    # The line went dead. After the beginning of the message, the server may have it or not.
    line = getattr(connection, "connection", None)
    end = End.UNKNOWN if getattr(line, "may_have_left", False) else End.LATER
    return Outcome(end, f"{type(error).__name__}: {error}", ends_connection=True)


def _of_reply(code: int, text: str) -> Outcome:
    words = f"{code} {text}".strip()
    if code in _WHO:
        return Outcome(End.ROUTE, words, ends_connection=True, is_refusal=code >= 500)
    if code == 552 and not text.startswith("5.2.2") or _TOO_LARGE.search(text[:40]):
        return Outcome(End.TOO_LARGE if code >= 500 else End.LATER, words)
    if code >= 500:
        return Outcome(End.NEVER, words)
    return Outcome(End.LATER, words, ends_connection=code == _CLOSING)


def _of_provider(error: AnymailError) -> Outcome:
    if isinstance(error, AnymailRecipientsRefused):
        return Outcome(End.NEVER, "The provider refuses this address.")
    if not isinstance(error, AnymailAPIError):
        # The message cannot be put into the provider's terms; the next attempt would be the same.
        return Outcome(End.NEVER, f"The provider cannot send this: {type(error).__name__}.")
    status = error.status_code
    if status is None:
        return _without_answer(error)
    words = f"The provider answers {status}{_said(error)}"
    if status in _HTTP_WHO:
        return Outcome(End.ROUTE, f"The provider refuses the key ({status}).", is_refusal=True)
    if status == 413:
        return Outcome(End.TOO_LARGE, words)
    if status in _HTTP_UNCLEAR:
        return Outcome(End.UNKNOWN, words)
    if status in (408, 425, 429) or status >= 500:
        return Outcome(End.LATER, words)
    # A success whose body is not understood: the message is most likely gone.
    return Outcome(End.NEVER if status >= 400 else End.UNKNOWN, words)


def _without_answer(error: AnymailAPIError) -> Outcome:
    never_left = (
        requests.exceptions.ConnectTimeout, requests.exceptions.SSLError,
        requests.exceptions.ProxyError,
    )  # fmt: skip
    if isinstance(error, never_left) or "NewConnectionError" in repr(error.__cause__):
        return Outcome(End.ROUTE, "The provider cannot be reached.")
    return Outcome(End.UNKNOWN, "The provider did not answer.")


def _said(error: AnymailAPIError) -> str:
    """The provider's own words, without our request, which holds the key."""
    response = getattr(error, "response", None)
    if response is None:
        return "."
    text = " ".join("".join(c if c.isprintable() else " " for c in response.text[:300]).split())
    return f": {text}" if text else "."


def _text(reply: bytes | str) -> str:
    text = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
    return " ".join(text.split())

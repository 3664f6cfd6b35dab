"""What became of a reply on its way out, in plain words: one line, more where it matters."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from tickets.models import Channel, Comment, Delivery, DeliveryState
from web.agent.moments import moment_words

_NOT_ARRIVED = (DeliveryState.BOUNCED, DeliveryState.FAILED, DeliveryState.UNKNOWN)
_UNDER_WAY = (DeliveryState.QUEUED, DeliveryState.SENDING)

# Enhanced status codes (RFC 3463) and the words of common servers, the first that fits.
_REASONS = (
    (r"\b5\.1\.[0136]\b|no such user|user unknown|does not exist|unknown recipient",
     gettext_lazy("This address does not exist.")),
    (r"\b[45]\.2\.2\b|mailbox (?:is )?full|over quota|quota exceeded",
     gettext_lazy("The mailbox is full.")),
    (r"\b5\.2\.[13]\b|disabled|inactive", gettext_lazy("The mailbox no longer takes mail.")),
    (r"\b5\.3\.4\b|\b552\b|too large|size limit", gettext_lazy("The message is too large for it.")),
    (r"\b5\.7\.\d|spam|blocked|blacklist|policy|rejected due",
     gettext_lazy("Their server refused it as unwanted.")),
    (r"authentication|\b53[045]\b", gettext_lazy("Our mail server refused our sign-in.")),
    (r"\b5\.1\.2\b|domain not found|name or service not known|nxdomain|gaierror",
     gettext_lazy("There is no mail server at this address.")),
    (r"grey ?list|\b4\d\d\b|try (?:again )?later", gettext_lazy("Their server asked us to wait.")),
    (r"connectionrefused|timeout|timed out|unreachable|disconnected",
     gettext_lazy("The mail server could not be reached.")),
    (r"\b5\d\d\b", gettext_lazy("Their server refused it.")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Leg:
    """One recipient's part. `why` is plain, `error` what the server said."""

    delivery: Delivery
    words: str
    why: str = ""
    called: str = ""  # where people call its address something else

    @property
    def address(self) -> str:
        return self.called or self.delivery.address

    @property
    def is_unknown(self) -> bool:
        return self.delivery.state == DeliveryState.UNKNOWN


@dataclass(frozen=True, slots=True)
class Departure:
    """`state`: undo, scheduled, queued, sending, sent, delivered, read, failed or empty; `at`: when
    it leaves.
    """

    state: str = ""
    words: str = ""
    at: datetime | None = None
    legs: list[Leg] = field(default_factory=list)
    problems: list[Leg] = field(default_factory=list)


def departure_of(
    comment: Comment, deliveries: Sequence[Delivery], called: Mapping[int, str]
) -> Departure:
    """How far a public reply is; empty for notes and for what was never to be sent.

    `called`: what people call the addresses of deliveries, by their ids.
    """
    live = [delivery for delivery in deliveries if delivery.state != DeliveryState.CANCELLED]
    legs = [_leg(delivery, called.get(delivery.pk, "")) for delivery in live]
    now = clock.now()
    if comment.is_public and comment.waits and comment.send_at and comment.send_at > now:
        words = (
            _("Scheduled for %(when)s") if comment.waits == "scheduled" else _("Leaves %(when)s")
        )
        words %= {"when": moment_words(comment.send_at)}
        return Departure(comment.waits, words, comment.send_at, legs)
    if not live or not comment.is_public:
        return Departure()
    problems = [leg for leg in legs if leg.delivery.state in _NOT_ARRIVED]
    if problems:
        is_partly = len(problems) < len(legs)
        words = _("Not delivered to everybody") if is_partly else _("Not delivered")
        return Departure("failed", words, None, legs, problems)
    states = {delivery.state for delivery in live}
    if DeliveryState.QUEUED in states:
        return Departure("queued", _queued_words(live, now), None, legs)
    if DeliveryState.SENDING in states:
        return Departure("sending", _("Sending"), None, legs)
    return _arrived(live, legs)


def _arrived(live: Sequence[Delivery], legs: list[Leg]) -> Departure:
    """Sent, and as far as the networks say: at its receiver's, and read."""
    if all(row.read_at for row in live):
        return Departure("read", _("Read"), None, legs)
    if all(row.delivered_at or row.read_at for row in live):
        return Departure("delivered", _("Delivered"), None, legs)
    return Departure("sent", _("Sent"), None, legs)


def _queued_words(deliveries: Sequence[Delivery], now: datetime) -> str:
    queued = [row for row in deliveries if row.state == DeliveryState.QUEUED]
    due = min(row.next_attempt_at for row in queued)
    if any(row.attempts for row in queued) and due > now + timedelta(seconds=5):
        return _("Next try %(when)s") % {"when": moment_words(due)}
    return _("About to leave")


def _leg(delivery: Delivery, called: str) -> Leg:
    words = str(DeliveryState(delivery.state).label)
    if delivery.read_at:
        words = _("Read %(when)s") % {"when": moment_words(delivery.read_at)}
    elif delivery.delivered_at:
        words = _("Delivered %(when)s") % {"when": moment_words(delivery.delivered_at)}
    elif delivery.state == DeliveryState.SENT and delivery.sent_at:
        words = _("Sent %(when)s") % {"when": moment_words(delivery.sent_at)}
    elif delivery.state == DeliveryState.UNKNOWN:
        words = _("Not known whether it left")
    elif delivery.state == DeliveryState.QUEUED and delivery.error:
        words = _("Next try %(when)s") % {"when": moment_words(delivery.next_attempt_at)}
    return Leg(delivery, words, _why(delivery), called)


def _why(delivery: Delivery) -> str:
    """The reason in plain words; empty where there is none to give."""
    if delivery.state == DeliveryState.UNKNOWN:
        return _(
            "The connection broke while it was being sent. It may have arrived, so it is not sent "
            "again by itself."
        )
    if delivery.state not in (*_NOT_ARRIVED, *_UNDER_WAY) or not delivery.error:
        return ""
    if delivery.channel != Channel.EMAIL:
        return delivery.error  # networks answer in words
    text = delivery.error.lower()
    found = (words for pattern, words in _REASONS if re.search(pattern, text))
    return str(next(found, _("The mail server did not take it.")))

"""E-mail as a channel of the funnel: its four parts put together."""

from __future__ import annotations

from collections.abc import Sequence

from channels_in.adapters import Arrival, Capabilities, UnreadableMessage
from channels_in.email import parse as mail
from channels_in.email.authentication import prove
from channels_in.email.filters import FILTERS
from channels_in.email.send import send
from channels_in.email.threads import match
from channels_in.messages import IncomingMessage
from channels_in.models import InboundItem
from channels_in.screening import PASS, Verdict

__all__ = ["capabilities", "match", "parse", "prove", "screen", "send"]

capabilities = Capabilities(has_rich_text=True, has_subject=True)


def parse(raw: bytes, item: InboundItem) -> IncomingMessage:
    """Read a mail. Raises UnreadableMessage."""
    try:
        return mail.parse(raw)
    except mail.UnreadableMail as error:
        raise UnreadableMessage(str(error)) from error


def screen(arrivals: Sequence[Arrival]) -> list[Verdict]:
    """The first verdict that is not a pass, filter by filter."""
    return [_screen_one(arrival) for arrival in arrivals]


def _screen_one(arrival: Arrival) -> Verdict:
    for look in FILTERS:
        verdict = look(arrival)
        if not verdict.passes:
            return verdict
    return PASS

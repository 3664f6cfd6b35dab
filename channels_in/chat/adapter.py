"""Live chat as a channel of the funnel: its parts put together.

A chat knows its visitor and its ticket by secrets of ours, so there is nothing to prove, match or
introduce: `write` takes the letterbox's place.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from channels_in.actions.chat.arrivals import write
from channels_in.actions.chat.departures import send
from channels_in.adapters import Arrival, Capabilities, UnreadableMessage
from channels_in.chat.spoken import TEXT_LENGTH, BadMessage, read_spoken
from channels_in.introductions import Introduction
from channels_in.matching import NO_MATCH, Match
from channels_in.messages import IncomingMessage
from channels_in.models import InboundItem
from channels_in.proof import UNPROVEN, SenderProof
from channels_in.screening import PASS, Verdict

__all__ = ["capabilities", "introduce", "match", "parse", "prove", "screen", "send", "write"]

capabilities = Capabilities(length_limit=TEXT_LENGTH)


def parse(raw: bytes, item: InboundItem) -> IncomingMessage:
    """Read a stored message. Raises UnreadableMessage."""
    try:
        spoken = read_spoken(json.loads(raw))
    except (BadMessage, ValueError) as error:
        raise UnreadableMessage("This is no message of a chat.") from error
    return IncomingMessage(text=spoken.text, reply_text=spoken.text, message_id=item.external_id)


def prove(arrivals: Sequence[Arrival]) -> list[SenderProof]:
    return [UNPROVEN for _ in arrivals]


def screen(arrivals: Sequence[Arrival]) -> list[Verdict]:
    return [PASS for _ in arrivals]


def match(arrivals: Sequence[Arrival]) -> list[Match]:
    return [NO_MATCH for _ in arrivals]


def introduce(arrivals: Sequence[Arrival]) -> list[Introduction]:
    return [Introduction(arrival.message) for arrival in arrivals]

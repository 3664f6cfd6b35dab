"""The interface between the funnel and a channel, and the list of channels.

A channel is a folder; docs/adding-a-channel.md says what belongs into it and what else to touch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from importlib import import_module
from typing import Protocol, cast, runtime_checkable

from channels_in.introductions import Introduction
from channels_in.matching import Match
from channels_in.messages import IncomingMessage
from channels_in.models import InboundItem
from channels_in.proof import SenderProof
from channels_in.screening import Verdict
from tickets.models import Delivery


@dataclass(frozen=True, slots=True)
class Arrival:
    """One item with what it turned out to say, and who is proven to have said it.

    `proof` is None until the channel was asked (`Adapter.prove`).
    """

    item: InboundItem
    message: IncomingMessage
    proof: SenderProof | None = None

    def unanswered(self) -> Arrival:
        """The same as a message that no machine may answer."""
        return replace(self, message=replace(self.message, may_be_answered=False))


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can carry. `length_limit` counts as the network counts; None: no limit.

    `private` is what its direct messages carry, where that is something else than in public.
    """

    is_public: bool = False
    length_limit: int | None = None
    has_servers_limit: bool = False  # each server sets its own: networks.limits knows it
    has_rich_text: bool = False
    has_attachments: bool = True
    has_subject: bool = False
    counts: Callable[[str], int] = len  # the length of a text as the network counts it
    reply_window: timedelta | None = None  # after the customer's latest message; None: always
    has_templates: bool = False  # texts the network has approved, which may leave at any time
    has_direct_messages: bool = False  # a public network on which one can go on in private
    can_edit: bool = False
    can_delete: bool = False
    can_like: bool = False
    can_publish: bool = True  # a post of our own that answers nobody, on a public network
    private: Capabilities | None = None

    def of(self, *, is_private: bool) -> Capabilities:
        """What a reply can carry, said in private or in public."""
        return self.private or self if is_private else self


class Adapter(Protocol):
    """What `channels_in/<channel>/adapter.py` has to offer."""

    capabilities: Capabilities

    def parse(self, raw: bytes, item: InboundItem) -> IncomingMessage:
        """Understand a stored message. Pure; raises UnreadableMessage when nothing can be read."""
        ...

    def prove(self, arrivals: Sequence[Arrival]) -> list[SenderProof]:
        """How well each message proves its sender; what an arrival carries already is kept.

        May ask the network for as long as the channel thinks fit; never raises.
        """
        ...

    def screen(self, arrivals: Sequence[Arrival]) -> list[Verdict]:
        """What may become of each message, with the reason when it may not become a comment."""
        ...

    def match(self, arrivals: Sequence[Arrival]) -> list[Match]:
        """The ticket each message belongs to and how well that is proven."""
        ...

    def introduce(self, arrivals: Sequence[Arrival]) -> list[Introduction]:
        """In whose name each message, which belongs to no ticket yet, speaks."""
        ...

    def send(self, deliveries: Sequence[Delivery]) -> None:
        """Send claimed deliveries and note the end of each."""
        ...


@runtime_checkable
class Writer(Protocol):
    """A channel that knows by itself whose word a message is and where it belongs."""

    def write(self, arrivals: Sequence[Arrival]) -> None:
        """Give every arrival its fate, in the place of prove, screen, match and introduce."""
        ...


class UnreadableMessage(Exception):
    """Nothing could be read of a message; the sentence says why."""


CHANNELS = {
    "chat": "channels_in.chat.adapter",
    "email": "channels_in.email.adapter",
    "web": "channels_in.request_forms.adapter",
    "whatsapp": "channels_in.whatsapp.adapter",
    "telegram": "channels_in.telegram.adapter",
    "messenger": "channels_in.messenger.adapter",
    "instagram": "channels_in.instagram.adapter",
    "phone": "channels_in.phone.adapter",
    "sms": "channels_in.sms.adapter",
    "custom": "channels_in.custom.adapter",
    "bluesky": "channels_in.bluesky.adapter",
    "mastodon": "channels_in.mastodon.adapter",
    "facebook": "channels_in.facebook.adapter",
    "x": "channels_in.x.adapter",
    "reddit": "channels_in.reddit.adapter",
}


@cache
def adapter_for(channel: str) -> Adapter:
    """The adapter of a channel. Raises KeyError for one that does not exist."""
    return cast(Adapter, import_module(CHANNELS[channel]))

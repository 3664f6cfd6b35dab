"""What social networks offer beyond the common interface (`channels_in.networks.network`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from channels_in.networks.network import Client, Network, Refused, Sent


@dataclass(frozen=True, slots=True)
class Facts:
    """What a stored public post says about itself besides its text; each network's own reading.

    `answers_us` and `quotes_us`: it stands beneath a post of ours, or shows one. `handle` is how
    people write its author. `has_gone`: it tells that an earlier post was taken down.
    """

    handle: str = ""
    followers: int | None = None
    reactions: int = 0
    language: str = ""
    answers_us: bool = False
    quotes_us: bool = False
    has_gone: bool = False


@runtime_checkable
class TellsPublicIds(Protocol):
    """A network whose messages and posts have ids that do not look alike."""

    def is_public_id(self, number: str) -> bool:
        """Whether this is the id of something that stands in public."""
        ...


def stands_in_public(network: Network | None, number: str) -> bool:
    """Whether what we said under this id is a post, which can be edited or taken down there."""
    if network is None or not network.capabilities.is_public or number.startswith("dm:"):
        return False
    return not isinstance(network, TellsPublicIds) or network.is_public_id(number)


class SocialNetwork(Network, Protocol):
    """A network on which anybody may speak."""

    def facts(self, raw: bytes) -> Facts:
        """What is known of a stored post. Pure."""
        ...


class SocialClient(Client, Protocol):
    """A client that can do more than answer; what a network does not allow raises Refused."""

    def publish(self, text: str) -> Sent:
        """A post of our own that answers nobody."""
        ...

    def like(self, post_id: str) -> None:
        """Like a post; liking twice is liking once."""
        ...

    def edit(self, post_id: str, text: str) -> None:
        """Replace the text of a post of ours."""
        ...

    def delete(self, post_id: str) -> None:
        """Take a post of ours down; one that is gone already is no error."""
        ...


class CannotDo:
    """The verbs that a network does not have; clients inherit what they lack."""

    def publish(self, text: str) -> Sent:
        raise Refused("This network takes no posts from programs.")

    def like(self, post_id: str) -> None:
        raise Refused("On this network nothing can be liked by programs.")

    def edit(self, post_id: str, text: str) -> None:
        raise Refused("This network does not let posts be edited.")

    def delete(self, post_id: str) -> None:
        raise Refused("This network does not let posts be taken down by programs.")


def check_length(text: str, *, limit: int, counts: Callable[[str], int]) -> None:
    """Raises Refused when a text is too long, before the network is bothered with it."""
    length = counts(text)
    if length > limit:
        raise Refused(f"The text is too long for this network: {length} of {limit} characters.")

"""Whether a reply goes out in private or in public, asked the same way wherever it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models.functions import Coalesce

from channels_in.adapters import Capabilities
from channels_in.models import ChannelThread
from channels_in.networks.limits import capabilities_of
from channels_in.networks.network import Network
from channels_in.networks.registry import network_of
from tickets.models import Ticket


def goes_private(
    network: Network, metadata: Mapping[str, Any], latest: ChannelThread | None
) -> bool:
    """A network of private conversations has no other way. On a public one the writer chooses;
    without a choice, who wrote in private last is answered in private: never the other way round.

    `latest` is the latest conversation of the ticket on that network.
    """
    if not network.capabilities.is_public:
        return True
    if metadata.get("reply_in_private"):
        return True
    if metadata.get("in_reply_to"):
        return False
    if latest is None:  # nobody has written there on this ticket: nothing public can be answered
        return network.capabilities.private is not None
    return latest.person_id is not None


def answers_comment(metadata: Mapping[str, Any]) -> bool:
    """A first private answer to what somebody wrote in public: no window of a conversation holds,
    for there is none yet.
    """
    return bool(metadata.get("reply_in_private") and metadata.get("in_reply_to"))


def is_in_private(network: Network, ticket: Ticket, metadata: Mapping[str, Any]) -> bool:
    """The same for one ticket; one query for a network that has both."""
    if not network.capabilities.is_public:
        return True
    rows = ChannelThread.objects.filter(ticket=ticket, account__channel=network.channel)
    return goes_private(network, metadata, rows.order_by(*by_last_word()).last())


def carried_by(channel: str, ticket: Ticket) -> Capabilities:
    """What a reply on this ticket can carry; one query for a network that has both."""
    capabilities, network = capabilities_of(channel), network_of(channel)
    if network is None or capabilities.private is None:
        return capabilities
    return capabilities.of(is_private=is_in_private(network, ticket, {}))


def by_last_word() -> tuple[Coalesce, str]:
    """The order of conversations by who wrote last: theirs, or when we began one that they have not
    answered yet.
    """
    return Coalesce("heard_at", "created_at"), "id"

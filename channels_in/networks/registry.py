"""Which networks there are, by channel."""

from __future__ import annotations

from typing import cast

from channels_in.adapters import CHANNELS, adapter_for
from channels_in.networks.network import Network


def networks() -> dict[str, Network]:
    """Every network by its channel, in the order of `CHANNELS`."""
    found = {channel: network_of(channel) for channel in CHANNELS}
    return {channel: network for channel, network in found.items() if network}


def network_of(channel: str) -> Network | None:
    """The network behind a channel; None for mail, and for a channel that does not exist."""
    if channel not in CHANNELS:
        return None
    adapter = getattr(adapter_for(channel), "adapter", None)
    # Asked by its name, not by its type: what sends and what acts both look networks up here.
    return cast("Network | None", getattr(adapter, "network", None))

"""Which networks there are, by channel."""

from __future__ import annotations

from channels_in.adapters import CHANNELS, adapter_for
from channels_in.networks.adapter import NetworkAdapter
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
    return adapter.network if isinstance(adapter, NetworkAdapter) else None

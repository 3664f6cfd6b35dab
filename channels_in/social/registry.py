"""Which channels are social networks."""

from __future__ import annotations

from channels_in.adapters import CHANNELS, adapter_for
from channels_in.social.adapter import SocialAdapter


def publishing_channels() -> list[str]:
    """Those that take a post of ours which answers nobody."""
    return [each for each in social_channels() if adapter_for(each).capabilities.can_publish]


def social_channels() -> list[str]:
    """The channels whose posts pass triage, in the order of `CHANNELS`."""
    return [
        channel
        for channel in CHANNELS
        if isinstance(getattr(adapter_for(channel), "adapter", None), SocialAdapter)
    ]

"""Working off what waits to be sent."""

from __future__ import annotations

from collections.abc import Sequence

from channels_in.adapters import adapter_for
from tickets.actions import claim_deliveries, note_lost_deliveries
from tickets.models import Channel

SEND_BATCH = 20


def send_due(channels: Sequence[str] = (Channel.EMAIL, Channel.CHAT)) -> int:
    """Send one batch of due deliveries a channel. Returns how many were taken."""
    note_lost_deliveries()
    taken = 0
    for channel in channels:
        deliveries = claim_deliveries(channel=channel, limit=SEND_BATCH)
        if deliveries:
            adapter_for(channel).send(deliveries)
        taken += len(deliveries)
    return taken

"""Working off what waits to be sent."""

from __future__ import annotations

from collections.abc import Sequence

from channels_in.adapters import CHANNELS, adapter_for
from tickets.actions import claim_deliveries, note_lost_deliveries

SEND_BATCH = 20


def send_due(channels: Sequence[str] | None = None) -> int:
    """Send one batch of due deliveries a channel. Returns how many were taken."""
    note_lost_deliveries()
    taken = 0
    for channel in CHANNELS if channels is None else channels:
        deliveries = claim_deliveries(channel=channel, limit=SEND_BATCH)
        if deliveries:
            adapter_for(channel).send(deliveries)
        taken += len(deliveries)
    return taken

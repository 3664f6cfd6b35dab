from __future__ import annotations

from typing import Any

from tickets.models import Channel

# Zendesk's names where they differ from ours.
_CHANNELS: dict[str, str] = {Channel.X: "twitter", Channel.PHONE: "voice"}


def via(channel: str, source: dict[str, Any] | None = None) -> dict[str, Any]:
    """`via {channel, source {from, to, rel}}`."""
    source = source or {}
    return {
        "channel": _CHANNELS.get(channel, channel),
        "source": {
            "from": source.get("from") or {},
            "to": source.get("to") or {},
            "rel": source.get("rel"),
        },
    }

from __future__ import annotations

from collections.abc import Mapping
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


def rule_source(cause: Mapping[str, Any]) -> dict[str, Any]:
    """The source of what a rule did, in Zendesk's shape; empty for any other cause."""
    if "kind" not in cause:
        return {}
    rule = {"id": cause.get("id"), "title": cause.get("title")}
    if "revision" in cause:
        rule["revision_id"] = cause["revision"]
    return {"from": rule, "rel": cause["kind"]}

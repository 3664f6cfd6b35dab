"""A direct message of Instagram. Pure."""

from __future__ import annotations

from channels_in.messages import IncomingMessage
from channels_in.meta.parse import parse_entry
from channels_in.models import InboundItem


def parse(raw: bytes, item: InboundItem | None = None) -> IncomingMessage:
    """Raises UnreadableMessage."""
    return parse_entry(raw, kind="instagram")

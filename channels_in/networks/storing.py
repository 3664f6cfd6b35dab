from __future__ import annotations

from collections.abc import Sequence

from channels_in.models import ChannelAccount
from channels_in.networks.network import Heard
from channels_in.receive import RawMessage, receive


def store(account: ChannelAccount, messages: Sequence[Heard]) -> None:
    """Commit what a network told us; whatever was stored before is recognised."""
    if messages:
        receive(
            [RawMessage(account, heard.raw, external_id=heard.external_id) for heard in messages]
        )

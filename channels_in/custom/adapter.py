"""A channel somebody built themselves, as a channel of the funnel."""

from __future__ import annotations

from channels_in.custom.network import Custom
from channels_in.networks.adapter import NetworkAdapter

adapter = NetworkAdapter(Custom())

capabilities = adapter.capabilities
parse, prove, screen = adapter.parse, adapter.prove, adapter.screen
match, introduce, send = adapter.match, adapter.introduce, adapter.send

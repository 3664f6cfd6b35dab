"""Text messages as a channel of the funnel."""

from __future__ import annotations

from channels_in.networks.adapter import NetworkAdapter
from channels_in.sms.network import Sms

adapter = NetworkAdapter(Sms())

capabilities = adapter.capabilities
parse, prove, screen = adapter.parse, adapter.prove, adapter.screen
match, introduce, send = adapter.match, adapter.introduce, adapter.send

"""Messenger as a channel of the funnel."""

from __future__ import annotations

from channels_in.messenger.network import Messenger
from channels_in.networks.adapter import NetworkAdapter

adapter = NetworkAdapter(Messenger())

capabilities = adapter.capabilities
parse, prove, screen = adapter.parse, adapter.prove, adapter.screen
match, introduce, send = adapter.match, adapter.introduce, adapter.send

"""Bluesky as a channel of the funnel: posts that mention or answer us, and direct messages."""

from __future__ import annotations

from channels_in.bluesky.network import Bluesky
from channels_in.social.adapter import SocialAdapter

adapter = SocialAdapter(Bluesky())
capabilities = adapter.capabilities
parse = adapter.parse
prove = adapter.prove
screen = adapter.screen
match = adapter.match
introduce = adapter.introduce
send = adapter.send

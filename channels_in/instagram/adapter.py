"""Instagram as a channel of the funnel."""

from __future__ import annotations

from channels_in.instagram.network import Instagram
from channels_in.social.adapter import SocialAdapter

adapter = SocialAdapter(Instagram())

capabilities = adapter.capabilities
parse, prove, screen = adapter.parse, adapter.prove, adapter.screen
match, introduce, send = adapter.match, adapter.introduce, adapter.send

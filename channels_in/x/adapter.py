"""X as a channel of the funnel."""

from __future__ import annotations

from channels_in.social.adapter import SocialAdapter
from channels_in.x.network import X

adapter = SocialAdapter(X())
capabilities = adapter.capabilities
parse = adapter.parse
prove = adapter.prove
screen = adapter.screen
match = adapter.match
introduce = adapter.introduce
send = adapter.send

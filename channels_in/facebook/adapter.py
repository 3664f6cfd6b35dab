"""Facebook as a channel of the funnel."""

from __future__ import annotations

from channels_in.facebook.network import Facebook
from channels_in.social.adapter import SocialAdapter

adapter = SocialAdapter(Facebook())
capabilities = adapter.capabilities
parse = adapter.parse
prove = adapter.prove
screen = adapter.screen
match = adapter.match
introduce = adapter.introduce
send = adapter.send

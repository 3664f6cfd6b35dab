"""What Mastodon can, what connecting asks for, how its messages are read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import IdentityKind
from channels_in.adapters import Capabilities
from channels_in.mastodon import reading
from channels_in.mastodon.client import MastodonClient
from channels_in.messages import IncomingMessage
from channels_in.models import Connection, InboundItem
from channels_in.networks.network import Field, WebhookAnswer, WebhookRequest
from channels_in.social.lengths import mastodon
from channels_in.social.network import Facts
from tickets.models import Channel

LENGTH = 500  # of most servers; the server says when connecting


class Mastodon:
    """`channels_in.social.network.SocialNetwork`."""

    channel = Channel.MASTODON.value
    label = "Mastodon"
    help = _(
        "On your server: Preferences, Development, New application, with the scopes read and "
        "write. Copy its access token."
    )
    capabilities = Capabilities(
        is_public=True, length_limit=LENGTH, has_servers_limit=True, counts=mastodon,
        has_direct_messages=True, can_edit=True, can_delete=True, can_like=True,
    )  # fmt: skip
    fields = (
        Field("server", _("Server"), _("For instance https://mastodon.social")),
        Field("access_token", _("Access token"), is_secret=True),
    )
    is_polled = True
    has_webhook = False
    identity_kind = IdentityKind.MASTODON.value

    def parse(self, raw: bytes, item: InboundItem) -> IncomingMessage:
        return reading.message_of(raw)

    def facts(self, raw: bytes) -> Facts:
        return reading.facts_of(raw)

    def client(self, connection: Connection) -> MastodonClient:
        length = connection.setting("length")
        return MastodonClient(
            server=connection.setting("server"), token=connection.secret("access_token"),
            length=int(length) if str(length).isdecimal() else LENGTH,
        )  # fmt: skip

    def webhook(self, request: WebhookRequest, connection: Connection) -> WebhookAnswer:
        raise ValueError("Mastodon posts nothing; it is asked.")

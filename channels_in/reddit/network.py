"""What Reddit can, what connecting asks for, how its messages are read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import IdentityKind
from channels_in.adapters import Capabilities
from channels_in.messages import IncomingMessage
from channels_in.models import Connection, InboundItem
from channels_in.networks.network import Field, WebhookAnswer, WebhookRequest
from channels_in.reddit import reading
from channels_in.reddit.client import LENGTH, RedditClient
from channels_in.social.network import Facts
from tickets.models import Channel


class Reddit:
    """`channels_in.social.network.SocialNetwork`."""

    channel = Channel.REDDIT.value
    label = "Reddit"
    help = _(
        "At reddit.com/prefs/apps make an app of the kind “script” and authorise it once with the "
        "scopes identity, privatemessages, read, submit and edit (duration: permanent). Comments "
        "on your posts and mentions of your account come in."
    )
    capabilities = Capabilities(
        is_public=True, length_limit=LENGTH, has_attachments=False, has_direct_messages=True,
        can_edit=True, can_delete=True,
    )  # fmt: skip
    fields = (
        Field("client_id", _("Client id")),
        Field("client_secret", _("Client secret"), is_secret=True),
        Field("refresh_token", _("Refresh token"), is_secret=True),
    )
    is_polled = True
    has_webhook = False
    identity_kind = IdentityKind.REDDIT.value

    def parse(self, raw: bytes, item: InboundItem) -> IncomingMessage:
        return reading.message_of(raw)

    def facts(self, raw: bytes) -> Facts:
        return reading.facts_of(raw)

    def client(self, connection: Connection) -> RedditClient:
        return RedditClient(
            client_id=connection.setting("client_id"),
            client_secret=connection.secret("client_secret"),
            refresh_token=connection.secret("refresh_token"),
        )

    def webhook(self, request: WebhookRequest, connection: Connection) -> WebhookAnswer:
        raise ValueError("Reddit posts nothing; it is asked.")

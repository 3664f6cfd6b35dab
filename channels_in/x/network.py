"""What X can, what connecting asks for, how its messages are read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import IdentityKind
from channels_in.adapters import Capabilities
from channels_in.messages import IncomingMessage
from channels_in.models import Connection, InboundItem
from channels_in.networks.network import Field, WebhookAnswer, WebhookRequest
from channels_in.social.network import Facts
from channels_in.x import reading
from channels_in.x.client import DIRECT_LENGTH, XClient
from channels_in.x.lengths import LENGTH, weighted
from channels_in.x.oauth1 import Keys
from tickets.models import Channel


class X:
    """`channels_in.social.network.SocialNetwork`."""

    channel = Channel.X.value
    label = "X"
    help = _(
        "At developer.x.com make a project and an app with the permission “Read and write and "
        "Direct message”, then generate an access token and secret for your own account. They do "
        "not run out. How often X may be asked depends on your plan."
    )
    capabilities = Capabilities(
        is_public=True, length_limit=LENGTH, counts=weighted, has_direct_messages=True,
        can_delete=True, can_like=True, private=Capabilities(length_limit=DIRECT_LENGTH),
    )  # fmt: skip
    fields = (
        Field("api_key", _("API key"), is_secret=True),
        Field("api_secret", _("API key secret"), is_secret=True),
        Field("access_token", _("Access token"), is_secret=True),
        Field("access_secret", _("Access token secret"), is_secret=True),
    )
    is_polled = True
    has_webhook = False
    identity_kind = IdentityKind.X.value

    def parse(self, raw: bytes, item: InboundItem) -> IncomingMessage:
        return reading.message_of(raw)

    def facts(self, raw: bytes) -> Facts:
        return reading.facts_of(raw)

    def client(self, connection: Connection) -> XClient:
        return XClient(
            Keys(
                api_key=connection.secret("api_key"),
                api_secret=connection.secret("api_secret"),
                token=connection.secret("access_token"),
                token_secret=connection.secret("access_secret"),
            )
        )

    def webhook(self, request: WebhookRequest, connection: Connection) -> WebhookAnswer:
        raise ValueError("X is asked; its webhooks need another plan.")

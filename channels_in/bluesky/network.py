"""What Bluesky (the AT Protocol) can, what connecting asks for, how its messages are read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import IdentityKind
from channels_in.adapters import Capabilities
from channels_in.bluesky import reading
from channels_in.bluesky.client import DIRECT_LENGTH, LENGTH, BlueskyClient
from channels_in.messages import IncomingMessage
from channels_in.models import Connection, InboundItem
from channels_in.networks.network import Field, WebhookAnswer, WebhookRequest
from channels_in.social.lengths import graphemes
from channels_in.social.network import Facts
from tickets.models import Channel


class Bluesky:
    """`channels_in.social.network.SocialNetwork`."""

    channel = Channel.BLUESKY.value
    label = "Bluesky"
    help = _(
        "Make an app password in Bluesky (Settings, Privacy and security, App passwords), with "
        "access to direct messages if they are to come in too."
    )
    capabilities = Capabilities(
        is_public=True, length_limit=LENGTH, counts=graphemes, has_direct_messages=True,
        can_delete=True, can_like=True,
        private=Capabilities(
            length_limit=DIRECT_LENGTH, counts=graphemes, has_attachments=False
        ),
    )  # fmt: skip
    fields = (
        Field("identifier", _("Handle"), _("For instance yourshop.bsky.social")),
        Field("password", _("App password"), is_secret=True),
        Field(
            "service", _("Server"), _("Where the account lives; most live at bsky.social"),
            default="https://bsky.social",
        ),
    )  # fmt: skip
    is_polled = True
    has_webhook = False
    identity_kind = IdentityKind.BLUESKY.value

    def parse(self, raw: bytes, item: InboundItem) -> IncomingMessage:
        return reading.message_of(raw)

    def facts(self, raw: bytes) -> Facts:
        return reading.facts_of(raw)

    def client(self, connection: Connection) -> BlueskyClient:
        return BlueskyClient(
            service=connection.setting("service"),
            identifier=connection.setting("identifier").lstrip("@"),
            password=connection.secret("password"),
        )

    def webhook(self, request: WebhookRequest, connection: Connection) -> WebhookAnswer:
        raise ValueError("Bluesky posts nothing; it is asked.")

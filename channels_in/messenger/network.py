"""Messenger as a network of the house: direct messages."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from accounts.models import IdentityKind
from channels_in.adapters import Capabilities
from channels_in.messages import IncomingMessage
from channels_in.messenger.parse import parse
from channels_in.meta.messaging import HUMAN_WINDOW, MessagingClient, messages_and_receipts
from channels_in.models import Connection, InboundItem
from channels_in.networks.network import Field, WebhookAnswer, WebhookRequest
from tickets.models import Channel

EVENTS = ("messages", "messaging_postbacks", "message_deliveries", "message_reads",
          "message_reactions", "message_echoes")  # fmt: skip
LENGTH = 2000  # characters


class MessengerClient(MessagingClient):
    def listen_at(self, url: str, secret: str) -> None:
        """The address itself is entered in the app's settings; the page is put on its list."""
        self.subscribe(EVENTS)


class Messenger:
    channel = str(Channel.MESSENGER)
    label = "Messenger"
    help = _(
        "You need an app at developers.facebook.com with the product Messenger, and your page "
        "connected to it there. docs/messaging.md goes through it step by step."
    )
    capabilities = Capabilities(length_limit=LENGTH, reply_window=HUMAN_WINDOW)
    fields: Sequence[Field] = (
        Field("access_token", _("Access token of the page"),
              _("Messenger → API setup → Generate token, beside your page."), is_secret=True),
        Field("app_secret", _("App secret"),
              _("App settings → Basic. What Messenger sends here is proven by it."),
              is_secret=True),
        Field("verify_token", _("Verify token"),
              _("Made by us; type it where you enter the address below."),
              is_secret=True, is_required=False, is_generated=True),
    )  # fmt: skip
    is_polled = False
    has_webhook = True
    identity_kind = str(IdentityKind.MESSENGER)

    def parse(self, raw: bytes, item: InboundItem) -> IncomingMessage:
        return parse(raw, item)

    def client(self, connection: Connection) -> MessengerClient:
        return MessengerClient(connection, names="id,name,link", sends_links=False)

    def webhook(self, request: WebhookRequest, connection: Connection) -> WebhookAnswer:
        return messages_and_receipts(request, connection, kind=self.identity_kind)

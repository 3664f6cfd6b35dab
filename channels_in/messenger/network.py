"""Messenger as a network of the house: direct messages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from accounts.models import IdentityKind
from channels_in.adapters import Capabilities
from channels_in.messages import IncomingMessage
from channels_in.messenger.parse import parse
from channels_in.meta.messaging import HUMAN_WINDOW, MessagingClient, messages_and_receipts
from channels_in.meta.network import MetaNetwork, own_entries, secret_fields
from channels_in.meta.pages import PAGE_FIELDS, fields_of_page
from channels_in.models import Connection, InboundItem
from channels_in.networks.network import Field, WebhookAnswer
from channels_in.payloads import Payload
from tickets.models import Channel

LENGTH = 2000  # characters


class MessengerClient(MessagingClient):
    def listen_at(self, url: str, secret: str) -> None:
        """The address itself is entered in the app's settings; the page is put on its list."""
        self.subscribe(fields_of_page(self.connection, PAGE_FIELDS[self.connection.channel]))


class Messenger(MetaNetwork):
    channel = str(Channel.MESSENGER)
    label = "Messenger"
    help = _(
        "You need an app at developers.facebook.com with the product Messenger, and your page "
        "connected to it there. docs/messaging.md goes through it step by step."
    )
    capabilities = Capabilities(length_limit=LENGTH, reply_window=HUMAN_WINDOW)
    fields: Sequence[Field] = secret_fields(
        token=_("Access token of the page"),
        token_help=_("Messenger → API setup → Generate token, beside your page."),
        secret_help=_("App settings → Basic. What Messenger sends here is proven by it."),
    )
    events = PAGE_FIELDS[str(Channel.MESSENGER)]
    identity_kind = str(IdentityKind.MESSENGER)

    def parse(self, raw: bytes, item: InboundItem) -> IncomingMessage:
        return parse(raw, item)

    def client(self, connection: Connection) -> MessengerClient:
        return MessengerClient(
            connection, names="id,name,link", sends_links=False, has_metadata=True
        )

    def heard(self, entries: Iterable[Payload], connection: Connection) -> WebhookAnswer:
        messages, receipts = messages_and_receipts(
            own_entries(entries, connection), connection, kind=self.identity_kind
        )
        return WebhookAnswer(messages, receipts, body="EVENT_RECEIVED")

"""Instagram as a network of the house: direct messages."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from accounts.models import IdentityKind
from channels_in.adapters import Capabilities
from channels_in.instagram.parse import parse
from channels_in.messages import IncomingMessage
from channels_in.meta.messaging import HUMAN_WINDOW, MessagingClient, messages_and_receipts
from channels_in.models import Connection, InboundItem
from channels_in.networks.network import Field, WebhookAnswer, WebhookRequest
from tickets.models import Channel

EVENTS = ("messages", "messaging_postbacks", "messaging_seen", "message_reactions")
LENGTH = 1000  # bytes of UTF-8


def count_bytes(text: str) -> int:
    """Instagram counts bytes: an emoji is four."""
    return len(text.encode())


class InstagramClient(MessagingClient):
    def listen_at(self, url: str, secret: str) -> None:
        """The address itself is entered in the app's settings; the profile is put on its list."""
        self.subscribe(EVENTS)


class Instagram:
    channel = str(Channel.INSTAGRAM)
    label = "Instagram"
    help = _(
        "You need a professional Instagram account and an app at developers.facebook.com with the "
        "product Instagram. docs/messaging.md goes through it step by step."
    )
    capabilities = Capabilities(length_limit=LENGTH, counts=count_bytes, reply_window=HUMAN_WINDOW)
    fields: Sequence[Field] = (
        Field("access_token", _("Access token"),
              _("Instagram → API setup with Instagram login → Generate token. It lasts 60 days; a "
                "page's token does as well."), is_secret=True),
        Field("app_secret", _("App secret"),
              _("On the same page. What Instagram sends here is proven by it."),
              is_secret=True),
        Field("verify_token", _("Verify token"),
              _("Made by us; type it where you enter the address below."),
              is_secret=True, is_required=False, is_generated=True),
    )  # fmt: skip
    is_polled = False
    has_webhook = True
    identity_kind = str(IdentityKind.INSTAGRAM)

    def parse(self, raw: bytes, item: InboundItem) -> IncomingMessage:
        return parse(raw, item)

    def client(self, connection: Connection) -> InstagramClient:
        names = "user_id,username,name"
        return InstagramClient(connection, names=names, sends_links=True)

    def webhook(self, request: WebhookRequest, connection: Connection) -> WebhookAnswer:
        return messages_and_receipts(request, connection, kind=self.identity_kind)

"""A Facebook page as a social network: comments and visitors' posts, heard by webhooks.

developers.facebook.com/docs/graph-api/webhooks/reference/page. Direct messages of the page are the
network Messenger's.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import IdentityKind
from channels_in.adapters import Capabilities
from channels_in.facebook import reading
from channels_in.facebook.client import FacebookClient
from channels_in.messages import IncomingMessage
from channels_in.meta.webhooks import entries, handshake
from channels_in.models import Connection, InboundItem
from channels_in.networks.network import Field, Heard, WebhookAnswer, WebhookRequest
from channels_in.payloads import Payload, external_id, stored
from channels_in.social.network import Facts
from tickets.models import Channel

EVENTS = ("feed", "mention")
LENGTH = 8000


class Facebook:
    """`channels_in.social.network.SocialNetwork`."""

    channel = Channel.FACEBOOK.value
    label = "Facebook"
    help = _(
        "You need the page and an app at developers.facebook.com with the permissions "
        "pages_manage_engagement, pages_read_user_content and pages_manage_metadata. In the app, "
        "subscribe the product Webhooks to “feed” and “mention” of the page."
    )
    capabilities = Capabilities(
        is_public=True, length_limit=LENGTH, has_direct_messages=True, can_edit=True,
        can_delete=True, can_like=True,
    )  # fmt: skip
    fields = (
        Field("access_token", _("Page access token"), is_secret=True),
        Field("app_secret", _("App secret"), _("What Facebook sends here is proven by it."),
              is_secret=True),
        Field("verify_token", _("Verify token"),
              _("Made by us; type it where you enter the address below."),
              is_secret=True, is_required=False, is_generated=True),
    )  # fmt: skip
    is_polled = False
    has_webhook = True
    identity_kind = IdentityKind.FACEBOOK.value

    def parse(self, raw: bytes, item: InboundItem) -> IncomingMessage:
        return reading.message_of(raw)

    def facts(self, raw: bytes) -> Facts:
        return reading.facts_of(raw)

    def client(self, connection: Connection) -> FacebookClient:
        return FacebookClient(connection.secret("access_token"))

    def webhook(self, request: WebhookRequest, connection: Connection) -> WebhookAnswer:
        """Take a post apart. Raises BadSignature, ValueError."""
        if answer := handshake(request, connection):
            return answer
        page = connection.account.address
        heard = [
            Heard(stored(change=change.values, page=page), external_id(_key(change)))
            for entry in entries(request, connection)
            if entry.text("id") == page
            for change in entry.each("changes")
            if _is_heard(change, page)
        ]
        return WebhookAnswer(messages=heard, body="EVENT_RECEIVED")


def _is_heard(change: Payload, page: str) -> bool:
    """What somebody else says, and what they take down again; reactions and our own are not."""
    said = change.of("value")
    if change.text("field") not in EVENTS or said.of("from").text("id") in ("", page):
        return False
    return said.text("item") in reading.ITEMS and said.text("verb") in ("add", "remove", "edited")


def _key(change: Payload) -> str:
    """An edit is another message than the one it changes, and so is its being taken down."""
    said = change.of("value")
    verb = said.text("verb")
    moment = f"/{said.text('created_time')}" if verb == "edited" else ""
    return f"{reading.id_of(said)}/{verb}{moment}"

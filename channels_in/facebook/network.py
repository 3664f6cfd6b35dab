"""A Facebook page as a social network: comments and visitors' posts, heard by webhooks.

developers.facebook.com/docs/graph-api/webhooks/reference/page. Direct messages of the page are the
network Messenger's.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import IdentityKind
from channels_in.adapters import Capabilities
from channels_in.facebook import reading
from channels_in.facebook.client import LENGTH, PRIVATE_LENGTH, FacebookClient, id_in_path
from channels_in.messages import IncomingMessage
from channels_in.meta.lookups import looked_up
from channels_in.meta.messaging import HUMAN_WINDOW
from channels_in.meta.network import MetaNetwork, own_entries, secret_fields
from channels_in.meta.pages import PAGE_FIELDS
from channels_in.models import Connection, InboundItem
from channels_in.networks.network import Heard, NetworkError, Unreachable, WebhookAnswer
from channels_in.payloads import Payload, external_id, stored
from channels_in.social.network import Facts
from tickets.models import Channel, Delivery

logger = logging.getLogger(__name__)


class Facebook(MetaNetwork):
    """`channels_in.social.network.SocialNetwork`."""

    channel = Channel.FACEBOOK.value
    label = "Facebook"
    help = _(
        "You need the page and an app at developers.facebook.com with the permissions "
        "pages_manage_engagement, pages_read_user_content, pages_manage_metadata and, to answer in "
        "private, pages_messaging."
    )
    capabilities = Capabilities(
        is_public=True, length_limit=LENGTH, has_direct_messages=True, can_edit=True,
        can_delete=True, can_like=True,
        private=Capabilities(
            length_limit=PRIVATE_LENGTH, has_attachments=False, reply_window=HUMAN_WINDOW
        ),
    )  # fmt: skip
    fields = secret_fields(
        token=_("Page access token"),
        token_help="",
        secret_help=_("What Facebook sends here is proven by it."),
    )
    events = PAGE_FIELDS[str(Channel.FACEBOOK)]
    identity_kind = IdentityKind.FACEBOOK.value

    def parse(self, raw: bytes, item: InboundItem) -> IncomingMessage:
        return reading.message_of(raw)

    def is_public_id(self, number: str) -> bool:
        """Messages have ids of Messenger: m_…"""
        return not number.startswith("m_")

    def facts(self, raw: bytes) -> Facts:
        return reading.facts_of(raw)

    def client(self, connection: Connection) -> FacebookClient:
        return FacebookClient(connection)

    def heard(self, entries: Iterable[Payload], connection: Connection) -> WebhookAnswer:
        """Raises Unreachable when somebody cannot be looked up just now: Meta posts it again."""
        page = connection.account.address
        heard = [
            Heard(
                stored(change=change.values, page=page, found=_found(change, connection)),
                external_id(_key(change)),
            )
            for entry in own_entries(entries, connection)
            for change in entry.each("changes")
            if _is_heard(change, page)
        ]
        return WebhookAnswer(messages=heard, body="EVENT_RECEIVED")


def _is_heard(change: Payload, page: str) -> bool:
    """What somebody else says, and what they take down again; no reactions. Of the page itself,
    what it answers somebody outside the help desk.
    """
    said = change.of("value")
    verb, number = said.text("verb"), reading.id_of(said)
    if change.text("field") not in PAGE_FIELDS[str(Channel.FACEBOOK)] or not number:
        return False
    if reading.writer_of(said).text("id") == page:
        is_answer = reading.is_answer(said) and verb == "add"
        return is_answer and not Delivery.objects.filter(provider_id=number).exists()
    return said.text("item") in reading.ITEMS and verb in ("add", "remove", "edited")


def _found(change: Payload, connection: Connection) -> dict[str, Any]:
    """Who wrote it, where Meta does not say: so with mentions in posts that are not the page's."""
    said = change.of("value")
    if reading.writer_of(said).text("id") or said.text("verb") == "remove":
        return {}
    try:
        found = looked_up(connection, id_in_path(reading.id_of(said)), reading.FIELDS)
    except Unreachable:
        raise
    except NetworkError as error:  # it stays without a name, where people see it
        log = {"connection": connection.pk, "why": str(error)}
        logger.warning("facebook.writer_not_told", extra=log)
        return {}
    return found.values


def _key(change: Payload) -> str:
    """An edit is another message than the one it changes, and so is its being taken down."""
    said = change.of("value")
    verb = said.text("verb")
    moment = f"/{said.text('created_time')}" if verb == "edited" else ""
    return f"{reading.id_of(said)}/{verb}{moment}"

"""Instagram as a network of the house: direct messages, comments and mentions of one account."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from channels_in.adapters import Capabilities
from channels_in.instagram import reading
from channels_in.instagram.client import (
    EVENTS,
    LENGTH,
    MESSAGE_BYTES,
    InstagramClient,
    count_bytes,
    mention_of,
    permalink_of,
)
from channels_in.messages import IncomingMessage
from channels_in.meta.graph import Graph
from channels_in.meta.lookups import host_of
from channels_in.meta.messaging import HUMAN_WINDOW, messages_and_receipts
from channels_in.meta.network import MetaNetwork, own_entries, secret_fields
from channels_in.models import Connection, InboundItem
from channels_in.networks.network import (
    Field,
    Heard,
    NetworkError,
    Renewed,
    Unreachable,
    WebhookAnswer,
)
from channels_in.payloads import Payload, external_id, stored
from channels_in.social.network import Facts
from tickets.models import Channel, Delivery

COMMENTS = ("comments", "live_comments")
_TOKEN_SECONDS = 60 * 24 * 3600
_KEPT = 500  # addresses of posts
_permalinks: dict[str, str] = {}  # by the post's id: asked for once, not with each comment

logger = logging.getLogger(__name__)


class Instagram(MetaNetwork):
    """`channels_in.social.network.SocialNetwork`."""

    channel = str(Channel.INSTAGRAM)
    label = "Instagram"
    help = _(
        "You need a professional Instagram account and an app at developers.facebook.com with the "
        "product Instagram. docs/messaging.md goes through it step by step."
    )
    capabilities = Capabilities(
        is_public=True, length_limit=LENGTH, has_attachments=False, has_direct_messages=True,
        can_delete=True, can_publish=False,
        private=Capabilities(
            length_limit=MESSAGE_BYTES, counts=count_bytes, reply_window=HUMAN_WINDOW
        ),
    )  # fmt: skip
    fields: Sequence[Field] = secret_fields(
        token=_("Access token"),
        token_help=_(
            "Instagram → API setup with Instagram login → Generate token. It lasts 60 days and is "
            "renewed before they are over; a page's token does as well."
        ),
        secret_help=_("On the same page. What Instagram sends here is proven by it."),
    )
    events = EVENTS
    identity_kind = reading.KIND

    def parse(self, raw: bytes, item: InboundItem) -> IncomingMessage:
        return reading.message_of(raw)

    def is_public_id(self, number: str) -> bool:
        """Messages have ids with letters in them."""
        return number.isdecimal()

    def facts(self, raw: bytes) -> Facts:
        return reading.facts_of(raw)

    def client(self, connection: Connection) -> InstagramClient:
        return InstagramClient(connection)

    def renewed(self, connection: Connection) -> Renewed | None:
        """Tokens of Instagram's own sign-in last 60 days; those of a page do not end."""
        if not (host := host_of(connection)):
            return None
        token = connection.secret("access_token")
        with closing(Graph(token, host=host)) as graph:
            said = graph.renewed_token(token)
        if not (new := said.text("access_token")):
            raise Unreachable("Instagram named no new token.")
        lasts = timedelta(seconds=said.number("expires_in") or _TOKEN_SECONDS)
        return Renewed({"access_token": new}, lasts)

    def heard(self, entries: Iterable[Payload], connection: Connection) -> WebhookAnswer:
        """Raises Unreachable when a mention cannot be looked up just now: Meta posts it again."""
        own = list(own_entries(entries, connection))
        messages, receipts = messages_and_receipts(own, connection, kind=self.identity_kind)
        posts = [found for entry in own for found in _posts(entry, connection)]
        return WebhookAnswer([*messages, *posts], receipts, body="EVENT_RECEIVED")


def _posts(entry: Payload, connection: Connection) -> Iterator[Heard]:
    """Changes stand in a list, or, by one of Meta's sign-ins, in the entry itself."""
    for change in [*entry.each("changes"), *([entry] if "field" in entry else [])]:
        field, said = change.text("field"), change.of("value")
        if field in COMMENTS and (heard := _comment(said, entry, connection)):
            yield heard
        elif field == "mentions" and reading.mention_id(said) != reading.MENTION:
            yield _mention(said, connection)


def _comment(said: Payload, entry: Payload, connection: Connection) -> Heard | None:
    """What somebody else says, or we outside the help desk beneath somebody's comment."""
    own, number = connection.account.address, reading.id_of(said)
    if not number or not said.of("from").text("id"):
        return None
    if reading.is_ours(said, own):
        is_known = Delivery.objects.filter(provider_id=number).exists()
        if is_known or not said.text("parent_id"):
            return None
    permalink = _permalink(connection, reading.media_of(said))
    at = entry.number("time") or 0
    raw = stored(comment=said.values, own=own, at=at, permalink=permalink)
    return Heard(raw, external_id(number))


def _mention(said: Payload, connection: Connection) -> Heard:
    """With what Instagram says of it; without, where it never will, so that people see it."""
    try:
        found = mention_of(connection, said)
    except Unreachable:
        raise
    except NetworkError as error:
        log = {"connection": connection.pk, "why": str(error)}
        logger.warning("instagram.mention_not_told", extra=log)
        found = {}
    raw = stored(mention=said.values, found=found, own=connection.account.address)
    return Heard(raw, external_id(said.text("comment_id") or reading.mention_id(said)))


def _permalink(connection: Connection, media: str) -> str:
    """Empty where it cannot be had at once: a comment is worth more than its address."""
    if not media or media in _permalinks:
        return _permalinks.get(media, "")
    try:
        found = permalink_of(connection, media)
    except NetworkError:
        return ""
    if len(_permalinks) >= _KEPT:
        _permalinks.clear()
    _permalinks[media] = found
    return found

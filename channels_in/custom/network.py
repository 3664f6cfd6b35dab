"""A channel that somebody built themselves, as a network of the house (docs/custom-channel.md)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from accounts.models import IdentityKind
from channels_in import signatures
from channels_in.adapters import Capabilities, UnreadableMessage
from channels_in.custom.client import CustomClient
from channels_in.custom.parse import parse, problem_of
from channels_in.messages import IncomingMessage
from channels_in.models import Connection, InboundItem
from channels_in.networks.network import (
    BadSignature,
    Field,
    Heard,
    Receipt,
    WebhookAnswer,
    WebhookRequest,
)
from channels_in.payloads import Payload, external_id, payload_of, stored
from core import clock
from tickets.models import Channel

EVENTS = 100  # of one post
STATES = ("sent", "delivered", "read", "failed")


class Custom:
    channel = str(Channel.CUSTOM)
    label = _("Own channel")
    help = _(
        "For anything that can post JSON: a shop, an app, a machine. docs/custom-channel.md says "
        "what to send, how to sign it, and what is sent back."
    )
    capabilities = Capabilities(length_limit=20_000)
    fields: Sequence[Field] = (
        Field("name", _("Short name"), _("Letters, digits and hyphens, such as shop-chat.")),
        Field("url", _("Address for replies"),
              _("Where we post what agents answer. Empty: replies stay on the ticket."),
              is_required=False),
        Field("secret", _("Secret"), _("Made by us; both sides sign with it."),
              is_secret=True, is_required=False, is_generated=True),
    )  # fmt: skip
    is_polled = False
    has_webhook = True
    identity_kind = str(IdentityKind.CUSTOM)

    def parse(self, raw: bytes, item: InboundItem) -> IncomingMessage:
        return parse(raw, item)

    def client(self, connection: Connection) -> CustomClient:
        return CustomClient(connection)

    def webhook(self, request: WebhookRequest, connection: Connection) -> WebhookAnswer:
        """Events of a post, all or none: a post with a mistake is answered with what is wrong."""
        stamp = request.headers.get("x-desk-timestamp", "")
        given = request.headers.get("x-desk-signature", "")
        secret = connection.secret("secret")
        if request.method != "POST" or not signatures.is_custom(
            request.body, stamp, given, secret, now=clock.now()
        ):
            raise BadSignature("The signature does not fit, or is older than five minutes.")
        try:
            heard, receipts = _taken_apart(request.body)
        except (UnreadableMessage, ValueError) as error:
            words = json.dumps({"error": str(error)})
            return WebhookAnswer(status=422, body=words, content_type="application/json")
        return WebhookAnswer(
            messages=heard, receipts=receipts, status=202,
            body=json.dumps({"taken": len(heard) + len(receipts)}),
            content_type="application/json",
        )  # fmt: skip


def _taken_apart(body: bytes) -> tuple[list[Heard], list[Receipt]]:
    """Raises UnreadableMessage and ValueError with a sentence for the sender's developer."""
    posted = payload_of(body)
    events = list(posted.each("events")) if "events" in posted else [posted]
    if not 0 < len(events) <= EVENTS:
        raise ValueError(f"“events” holds between 1 and {EVENTS} events.")
    heard: list[Heard] = []
    receipts: list[Receipt] = []
    for at, event in enumerate(events):
        match event.text("type"):
            case "message":
                heard.append(_heard(event, at))
            case "receipt":
                receipts.append(_receipt(event, at))
            case _:
                raise ValueError(f"Event {at}: “type” is “message” or “receipt”.")
    return heard, receipts


def _heard(event: Payload, at: int) -> Heard:
    if problem := problem_of(event):
        raise ValueError(f"Event {at}: {problem}")
    return Heard(stored(**event.values), external_id(event.text("id")))


def _receipt(event: Payload, at: int) -> Receipt:
    if event.text("state") not in STATES or not event.text("id"):
        raise ValueError(f"Event {at}: a receipt has an “id” and a “state”: {', '.join(STATES)}.")
    return Receipt(event.text("id")[:255], event.text("state"), event.text("words")[:400])

"""WhatsApp as a network of the house."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.models import IdentityKind
from channels_in.adapters import Capabilities
from channels_in.messages import IncomingMessage
from channels_in.meta.graph import words_of
from channels_in.meta.webhooks import entries, handshake
from channels_in.models import Connection, InboundItem
from channels_in.networks.network import Field, Heard, Receipt, WebhookAnswer, WebhookRequest
from channels_in.payloads import Payload, external_id, stored
from channels_in.whatsapp.client import WhatsAppClient
from channels_in.whatsapp.parse import parse
from tickets.models import Channel

_STATES = {"sent": "sent", "delivered": "delivered", "read": "read", "played": "read",
           "failed": "failed"}  # fmt: skip


class WhatsApp:
    channel = str(Channel.WHATSAPP)
    label = "WhatsApp"
    help = _(
        "You need an app of type Business at developers.facebook.com with the product WhatsApp, "
        "and a permanent token of a system user. docs/messaging.md goes through it step by step."
    )
    capabilities = Capabilities(
        length_limit=4096, reply_window=timedelta(hours=24), has_templates=True
    )
    fields: Sequence[Field] = (
        Field("phone_number_id", _("Phone number ID"),
              _("On “API Setup”, below the number; not the number itself.")),
        Field("business_account_id", _("WhatsApp Business account ID"),
              _("On the same page. Templates are read from it.")),
        Field("access_token", _("Access token"),
              _("Of a system user, with whatsapp_business_messaging and "
                "whatsapp_business_management. Tokens of the page itself end after a day."),
              is_secret=True),
        Field("app_secret", _("App secret"),
              _("App settings → Basic. What WhatsApp sends here is proven by it."), is_secret=True),
        Field("verify_token", _("Verify token"),
              _("Made by us; type it where you enter the address below."),
              is_secret=True, is_required=False, is_generated=True),
    )  # fmt: skip
    is_polled = False
    has_webhook = True
    identity_kind = str(IdentityKind.WHATSAPP)

    def parse(self, raw: bytes, item: InboundItem) -> IncomingMessage:
        return parse(raw, item)

    def client(self, connection: Connection) -> WhatsAppClient:
        return WhatsAppClient(connection)

    def webhook(self, request: WebhookRequest, connection: Connection) -> WebhookAnswer:
        """Messages and statuses of our number; those of another number are none of ours."""
        if answer := handshake(request, connection):
            return answer
        heard: list[Heard] = []
        receipts: list[Receipt] = []
        for value in _values(request, connection):
            contacts = {row.text("wa_id"): row.values for row in value.each("contacts")}
            for said in value.each("messages"):
                heard += _heard(said, contacts.get(said.text("from"), {}), value)
            receipts += [found for row in value.each("statuses") if (found := _receipt(row))]
        return WebhookAnswer(messages=heard, receipts=receipts)


def _values(request: WebhookRequest, connection: Connection) -> Iterator[Payload]:
    own = str(connection.setting("phone_number_id"))
    for entry in entries(request, connection):
        for change in entry.each("changes"):
            value = change.of("value")
            is_ours = value.of("metadata").text("phone_number_id") == own
            if is_ours and change.text("field") == "messages":
                yield value


def _heard(said: Payload, contact: dict[str, object], value: Payload) -> list[Heard]:
    is_taken_back = said.text("type") == "reaction" and not said.of("reaction").text("emoji")
    if not said.text("id") or is_taken_back:
        return []
    raw = stored(message=said.values, contact=contact, metadata=value.of("metadata").values)
    return [Heard(raw, external_id(said.text("id")))]


def _receipt(row: Payload) -> Receipt | None:
    state = _STATES.get(row.text("status"))
    if state is None or not row.text("id"):
        return None
    return Receipt(
        row.text("id"), state, words_of(row.first("errors")) if state == "failed" else ""
    )

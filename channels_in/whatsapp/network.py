"""WhatsApp as a network of the house."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.models import IdentityKind
from channels_in.adapters import Capabilities
from channels_in.messages import IncomingMessage
from channels_in.meta.graph import words_of
from channels_in.meta.network import MetaNetwork, secret_fields
from channels_in.models import Connection, InboundItem
from channels_in.networks.network import Field, Heard, Receipt, WebhookAnswer
from channels_in.payloads import Payload, external_id, stored
from channels_in.whatsapp.client import WhatsAppClient
from channels_in.whatsapp.parse import parse
from tickets.models import Channel

_STATES = {"sent": "sent", "delivered": "delivered", "read": "read", "played": "read",
           "failed": "failed"}  # fmt: skip
FIELDS = ("messages", "smb_message_echoes")


class WhatsApp(MetaNetwork):
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
        *secret_fields(
            token=_("Access token"),
            token_help=_(
                "Of a system user, with whatsapp_business_messaging and "
                "whatsapp_business_management. Tokens of the page itself end after a day."
            ),
            secret_help=_("App settings → Basic. What WhatsApp sends here is proven by it."),
        ),
    )  # fmt: skip
    events = FIELDS
    identity_kind = str(IdentityKind.WHATSAPP)

    def parse(self, raw: bytes, item: InboundItem) -> IncomingMessage:
        return parse(raw, item)

    def client(self, connection: Connection) -> WhatsAppClient:
        return WhatsAppClient(connection)

    def door_key(self, connection: Connection) -> str:
        return str(connection.setting("phone_number_id"))

    def heard(self, entries: Iterable[Payload], connection: Connection) -> WebhookAnswer:
        """Messages and statuses of our number, and what was written in its app on a telephone
        (“coexistence”: developers.facebook.com, webhook reference smb_message_echoes).
        """
        heard: list[Heard] = []
        receipts: list[Receipt] = []
        for field, value in _values(entries, self.door_key(connection)):
            contacts = {row.text("wa_id"): row.values for row in value.each("contacts")}
            said = value.each("messages" if field == "messages" else "message_echoes")
            for message in said:
                heard += _heard(message, contacts.get(message.text("from"), {}), value, field)
            receipts += [found for row in value.each("statuses") if (found := _receipt(row))]
        return WebhookAnswer(messages=heard, receipts=receipts)


def _values(entries: Iterable[Payload], own: str) -> Iterator[tuple[str, Payload]]:
    for entry in entries:
        for change in entry.each("changes"):
            field, value = change.text("field"), change.of("value")
            is_ours = value.of("metadata").text("phone_number_id") == own
            if is_ours and field in FIELDS:
                yield field, value


def _heard(said: Payload, contact: dict[str, object], value: Payload, field: str) -> list[Heard]:
    is_taken_back = said.text("type") == "reaction" and not said.of("reaction").text("emoji")
    if not said.text("id") or is_taken_back:
        return []
    metadata = value.of("metadata").values
    is_echo = {} if field == "messages" else {"is_echo": True}
    raw = stored(message=said.values, contact=contact, metadata=metadata, **is_echo)
    return [Heard(raw, external_id(said.text("id")))]


def _receipt(row: Payload) -> Receipt | None:
    state = _STATES.get(row.text("status"))
    if state is None or not row.text("id"):
        return None
    return Receipt(
        row.text("id"), state, words_of(row.first("errors")) if state == "failed" else ""
    )

"""Text messages as a network of the house."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qsl

from django.utils.translation import gettext_lazy as _

from accounts.models import IdentityKind
from channels_in import signatures
from channels_in.adapters import Capabilities
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
from channels_in.payloads import external_id, stored
from channels_in.sms.client import SmsClient, words_of
from channels_in.sms.parse import parse
from tickets.models import Channel

FIELDS = 200  # of a form
NOTHING = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
_STATES = {"sent": "sent", "delivered": "delivered", "read": "read", "undelivered": "failed",
           "failed": "failed"}  # fmt: skip


class Sms:
    channel = str(Channel.SMS)
    label = _("Text messages (Twilio)")
    help = _("You need an account at twilio.com with a number that can receive text messages.")
    capabilities = Capabilities(length_limit=1600, has_attachments=False)
    fields: Sequence[Field] = (
        Field("account_sid", _("Account SID"), _("On the first page of the Twilio console: AC…")),
        Field("auth_token", _("Auth token"),
              _("Beside it. What Twilio sends here is proven by it."), is_secret=True),
        Field("sender", _("Number or messaging service"),
              _("The number with its country code, such as +15551234567, or a service’s MG… id.")),
    )  # fmt: skip
    is_polled = False
    has_webhook = True
    identity_kind = str(IdentityKind.PHONE)

    def parse(self, raw: bytes, item: InboundItem) -> IncomingMessage:
        return parse(raw, item)

    def client(self, connection: Connection) -> SmsClient:
        return SmsClient(connection)

    def webhook(self, request: WebhookRequest, connection: Connection) -> WebhookAnswer:
        """A message to us, or what became of one of ours; both are forms that Twilio signs."""
        pairs = parse_qsl(
            request.body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=FIELDS
        )
        header = request.headers.get("x-twilio-signature", "")
        token = connection.secret("auth_token")
        if request.method != "POST" or not signatures.is_twilio(request.url, pairs, header, token):
            raise BadSignature("The signature is not that of the account.")
        form = dict(pairs)
        key = form.get("MessageSid") or form.get("SmsSid") or ""
        status = form.get("MessageStatus") or ""
        if status and status != "received":
            return WebhookAnswer(receipts=_receipts(key, status, form), status=204)
        heard = [Heard(stored(**form), external_id(key))] if key else []
        return WebhookAnswer(messages=heard, body=NOTHING, content_type="text/xml")


def _receipts(key: str, status: str, form: dict[str, str]) -> list[Receipt]:
    state = _STATES.get(status)
    if not key or state is None:
        return []
    code = form.get("ErrorCode", "")
    words = words_of(int(code) if code.isdecimal() else 0, form.get("ErrorMessage", ""))
    return [Receipt(key, state, words if state == "failed" else "")]

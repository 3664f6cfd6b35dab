"""Telegram as a network of the house."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from accounts.models import IdentityKind
from channels_in import signatures
from channels_in.adapters import Capabilities, UnreadableMessage
from channels_in.messages import IncomingMessage
from channels_in.models import Connection, InboundItem
from channels_in.networks.network import BadSignature, Field, WebhookAnswer, WebhookRequest
from channels_in.payloads import payload_of
from channels_in.telegram.client import TelegramClient, heard_in
from channels_in.telegram.parse import parse
from tickets.models import Channel


class Telegram:
    channel = str(Channel.TELEGRAM)
    label = "Telegram"
    help = _(
        "Write /newbot to @BotFather in Telegram; it asks for a name and answers with a token."
    )
    # Counted in code points, as Telegram's own server does for bots.
    capabilities = Capabilities(length_limit=4096, can_edit=True, can_delete=True)
    fields: Sequence[Field] = (
        Field("token", _("Token of the bot"), _("It looks like 123456789:AA…"), is_secret=True),
        Field("webhook_secret", _("Secret of the webhook"),
              _("Made by us and told to Telegram; nothing is to be done."),
              is_secret=True, is_required=False, is_generated=True),
    )  # fmt: skip
    is_polled = True  # where Telegram cannot reach this address
    has_webhook = True
    identity_kind = str(IdentityKind.TELEGRAM)

    def parse(self, raw: bytes, item: InboundItem) -> IncomingMessage:
        return parse(raw, item)

    def client(self, connection: Connection) -> TelegramClient:
        return TelegramClient(connection)

    def webhook(self, request: WebhookRequest, connection: Connection) -> WebhookAnswer:
        given = request.headers.get("x-telegram-bot-api-secret-token", "")
        if request.method != "POST" or not signatures.is_secret(
            given, connection.secret("webhook_secret")
        ):
            raise BadSignature("The secret is another one.")
        try:
            update = payload_of(request.body)
        except UnreadableMessage as error:
            raise ValueError(str(error)) from error
        pressed = update.of("callback_query").text("id")
        if not pressed:
            return WebhookAnswer(messages=heard_in(update))
        # The button stops waiting: an answer may carry one call (bots/api#making-requests).
        call = {"method": "answerCallbackQuery", "callback_query_id": pressed}
        return WebhookAnswer(
            messages=heard_in(update), body=json.dumps(call), content_type="application/json"
        )

"""Voicemail and missed calls by Twilio, as a network of the house."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qsl

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.models import IdentityKind
from channels_in import signatures
from channels_in.adapters import Capabilities
from channels_in.messages import IncomingMessage
from channels_in.models import Connection, InboundItem
from channels_in.networks.listening import webhook_url
from channels_in.networks.network import (
    NO,
    YES,
    BadSignature,
    Field,
    Heard,
    WebhookAnswer,
    WebhookRequest,
    is_yes,
)
from channels_in.payloads import external_id, stored
from channels_in.phone import twiml
from channels_in.phone.client import PhoneClient
from channels_in.phone.parse import MISSED, TRANSCRIPTION, VOICEMAIL, parse
from tickets.models import Channel

FIELDS = 200  # of a form
LONGEST_SECONDS = 300
_ENDED = ("completed", "busy", "no-answer", "failed", "canceled")
_GREETING = _("Hello. Please leave a message after the tone, and we will get back to you.")
_GOODBYE = _("Thank you. We have your message. Goodbye.")
_VOICES = {"en": "en-GB", "de": "de-DE"}  # of languages that we have words of our own in


class Phone:
    channel = str(Channel.PHONE)
    label = _("Calls and voicemail (Twilio)")
    help = _("You need an account at twilio.com with a number that can receive calls.")
    capabilities = Capabilities(has_attachments=False)
    fields: Sequence[Field] = (
        Field("account_sid", _("Account SID"), _("On the first page of the Twilio console: AC…")),
        Field("auth_token", _("Auth token"),
              _("Beside it. What Twilio sends here is proven by it."), is_secret=True),
        Field("sender", _("Number"), _("With its country code, such as +15551234567.")),
        Field("greeting", _("Greeting"), is_required=False,
              help=_("Read to callers before the beep. Empty: our own words.")),
        Field("goodbye", _("Goodbye"), is_required=False,
              help=_("Read after the message. Empty: our own words.")),
        Field("language", _("Language of both"), is_required=False,
              help=_("Such as en-GB, de-DE or fr-FR. Empty: the language of the account.")),
        Field("transcribes", _("Have messages written down"),
              _("Twilio does so in English only, and charges for it."), default=NO, is_switch=True),
        Field("missed_calls", _("Tickets of missed calls"),
              _("Of calls that ended without a message."), default=YES, is_switch=True),
    )  # fmt: skip
    is_polled = False
    has_webhook = True
    identity_kind = str(IdentityKind.PHONE)

    def parse(self, raw: bytes, item: InboundItem) -> IncomingMessage:
        return parse(raw, item)

    def client(self, connection: Connection) -> PhoneClient:
        return PhoneClient(connection)

    def webhook(self, request: WebhookRequest, connection: Connection) -> WebhookAnswer:
        """A call that wants an answer, the end of a recording, a transcription, or a call's end."""
        form = _form(request, connection)
        match request.query.get("stage", ""):
            case "":
                return _twiml(_voicemail(connection))
            case "voicemail":
                return _twiml(_goodbye(connection), _left(form))
            case "transcription":
                return _twiml(twiml.NOTHING, _written_down(form))
            case "status":
                return _twiml(twiml.NOTHING, _missed(form, connection))
        raise ValueError("stage")


def _form(request: WebhookRequest, connection: Connection) -> dict[str, str]:
    """The fields of a post that the account's token proves. Raises BadSignature."""
    pairs = parse_qsl(
        request.body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=FIELDS
    )
    header = request.headers.get("x-twilio-signature", "")
    token = connection.secret("auth_token")
    if request.method != "POST" or not signatures.is_twilio(request.url, pairs, header, token):
        raise BadSignature("The signature is not that of the account.")
    form = dict(pairs)
    if form.get("AccountSid") != connection.setting("account_sid"):
        raise BadSignature("This is another account's.")
    return form


def _twiml(body: str, messages: Sequence[Heard] = ()) -> WebhookAnswer:
    return WebhookAnswer(messages=messages, body=body, content_type="text/xml")


def _voicemail(connection: Connection) -> str:
    return twiml.take_voicemail(
        greeting=_words(connection, "greeting", _GREETING), language=_language(connection),
        longest=LONGEST_SECONDS, url=webhook_url(connection),
        transcribes=_is_yes(connection, "transcribes"),
    )  # fmt: skip


def _goodbye(connection: Connection) -> str:
    words = _words(connection, "goodbye", _GOODBYE)
    return twiml.say_goodbye(words=words, language=_language(connection))


def _language(connection: Connection) -> str:
    """Of the voice: what was typed for it, else that of the account."""
    typed = str(connection.setting("language")).strip()
    return typed or _VOICES.get(connection.account.language[:2], "en-GB")


def _words(connection: Connection, name: str, ours: Promise) -> str:
    """What was typed, else our own words in the language of the voice."""
    code = _language(connection)[:2].lower()
    with override(code if code in _VOICES else "en"):
        return str(connection.setting(name)).strip() or str(ours)


def _is_yes(connection: Connection, name: str) -> bool:
    return is_yes(connection.setting(name))


def _left(form: dict[str, str]) -> list[Heard]:
    """A message of at least a second; what was hung up on is told by the call's end."""
    seconds = form.get("RecordingDuration", "")
    sid = form.get("RecordingSid") or form.get("RecordingUrl", "").rpartition("/")[2]
    if not sid or not form.get("CallSid") or not seconds.isdecimal() or int(seconds) < 1:
        return []
    raw = stored(**{**form, "RecordingSid": sid, "stage": VOICEMAIL})
    return [Heard(raw, external_id(f"voicemail:{sid}"))]


def _written_down(form: dict[str, str]) -> list[Heard]:
    text, sid = form.get("TranscriptionText", "").strip(), form.get("RecordingSid", "")
    if form.get("TranscriptionStatus") != "completed" or not text or not form.get("CallSid"):
        return []
    raw = stored(**{**form, "stage": TRANSCRIPTION})
    return [Heard(raw, external_id(f"transcription:{sid or form['CallSid']}"))]


def _missed(form: dict[str, str], connection: Connection) -> list[Heard]:
    """An incoming call that is over. Whether it left a message is known when it is processed."""
    is_over = form.get("CallStatus") in _ENDED and form.get("Direction", "inbound") == "inbound"
    if not (is_over and form.get("CallSid") and _is_yes(connection, "missed_calls")):
        return []
    raw = stored(**{**form, "stage": MISSED})
    return [Heard(raw, external_id(f"call:{form['CallSid']}"))]

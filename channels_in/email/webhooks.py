"""What a mail provider posts to us: mail that came, and what became of mail that left.

Each of our addresses has webhook addresses of its own (`webhook_urls`). A post counts when it
carries what the provider's way of proof asks for: its signature where it signs, the user and
password of this address where it does not. Without either set up, nothing counts (attack 45).
"""

from __future__ import annotations

import hashlib
import json
import logging
import warnings
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from anymail.exceptions import (
    AnymailConfigurationError,
    AnymailError,
    AnymailInsecureWebhookWarning,
    AnymailWebhookValidationFailure,
)
from anymail.signals import AnymailInboundEvent, AnymailTrackingEvent
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest
from django.urls import reverse
from django.utils.module_loading import import_string

from channels_in.email.sending.errors import RouteTrouble
from channels_in.email.sending.providers import PROVIDERS, settings_of
from channels_in.email.tracking import note_event
from channels_in.models import ChannelAccount, OutgoingServer
from channels_in.receive import RawMessage, receive
from core import clock, ids
from core.crypto import CannotUnseal, unseal
from tickets.models import Channel

logger = logging.getLogger(__name__)

KINDS = ("inbound", "tracking")
MAILGUN_SECONDS = 300  # how old a signature may be; Mailgun signs every attempt anew
_PURPOSE = "mail-hook"
_GROWTH = 1.4  # a mail inside JSON or a form: base64 and a margin
_MARGIN = 1024 * 1024

_VIEWS = {
    "brevo": "brevo.Brevo{}WebhookView",
    "mailersend": "mailersend.MailerSend{}WebhookView",
    "mailgun": "mailgun.Mailgun{}WebhookView",
    "mailjet": "mailjet.Mailjet{}WebhookView",
    "mandrill": "mandrill.MandrillCombinedWebhookView",
    "postmark": "postmark.Postmark{}WebhookView",
    "resend": "resend.Resend{}WebhookView",
    "sendgrid": "sendgrid.SendGrid{}WebhookView",
    "sparkpost": "sparkpost.SparkPost{}WebhookView",
    "unisender_go": "unisender_go.UnisenderGo{}WebhookView",
}
# The setting whose key the provider signs with, and whether a post without it can be proven by
# user and password instead.
_SIGNED_WITH = {
    ("mailersend", "inbound"): "inbound_secret",
    ("mailersend", "tracking"): "signing_secret",
    ("mailgun", "inbound"): "webhook_signing_key",
    ("mailgun", "tracking"): "webhook_signing_key",
    ("mandrill", "inbound"): "webhook_key",
    ("mandrill", "tracking"): "webhook_key",
    ("sendgrid", "tracking"): "tracking_webhook_verification_key",
    ("unisender_go", "tracking"): "api_key",
}
_MAY_BE_UNSIGNED = {("sendgrid", "tracking")}
# These post a notice only; the mail itself is fetched from the provider's own interface.
_FETCHED_WITH = {("brevo", "inbound"): "api_key", ("resend", "inbound"): "api_key"}


class HookRefused(Exception):
    """The post proves nothing: no signature or password, a wrong one, or an old one."""


class HookUnreadable(Exception):
    """The post is not what this provider posts here."""


class HookTooLarge(Exception):
    """The post is larger than the largest mail that we take."""


def webhook_urls(server: OutgoingServer) -> dict[str, str]:
    """Where the provider of a server has to post, by kind; without the user and password."""
    provider = PROVIDERS.get(server.provider)
    if provider is None or server.provider not in _VIEWS:
        return {}
    kinds = [kind for kind in KINDS if kind == "tracking" or provider.has_inbound]
    token = ids.sign(_PURPOSE, server.account_id)
    return {
        kind: f"{settings.SITE_URL}{reverse('mail_hook', args=[server.provider, token, kind])}"
        for kind in kinds
    }


def server_of_hook(provider: str, token: str, kind: str) -> OutgoingServer | None:
    """Whose webhook an address is; None when it is nobody's."""
    numbers = ids.read(_PURPOSE, token)
    if not numbers or len(numbers) != 1 or kind not in KINDS or provider not in _VIEWS:
        return None
    if kind == "inbound" and not PROVIDERS[provider].has_inbound:
        return None
    return (
        OutgoingServer.objects.select_related("account")
        .filter(account=numbers[0], provider=provider, account__is_active=True)
        .filter(account__channel=Channel.EMAIL)
        .first()
    )


def take(server: OutgoingServer, kind: str, request: HttpRequest) -> None:
    """Check a post and act on it. When this returns, everything in it is stored.

    Raises HookRefused, HookUnreadable, HookTooLarge, and the errors of the database: then the
    provider tries again.
    """
    _read(request)
    view = _view(server, kind)
    try:
        view.run_validators(request)
        _refuse_old(server.provider, request)
        events = view.parse_events(request)
    except RequestDataTooBig as error:
        raise HookTooLarge from error
    except (AnymailWebhookValidationFailure, SuspiciousOperation) as error:
        raise HookRefused from error
    except (AnymailError, AnymailConfigurationError, ValueError, KeyError, TypeError,
            AttributeError, AssertionError) as error:  # fmt: skip
        raise HookUnreadable from error
    mails = [event for event in events if isinstance(event, AnymailInboundEvent)]
    receive([_raw(server.account, server.provider, event) for event in mails])
    for event in events:
        if isinstance(event, AnymailTrackingEvent):
            note_event(server, event)


def _read(request: HttpRequest) -> None:
    """Take the whole body, which may be larger than what people send to pages, but not any size."""
    most = int(settings.MAIL_MAX_BYTES * _GROWTH) + _MARGIN
    if int(request.META.get("CONTENT_LENGTH") or 0) > most:
        raise HookTooLarge
    body = request.read(most + 1)
    if len(body) > most:
        raise HookTooLarge
    # Django's own attributes for what it has read; its bound on bodies is for pages.
    request._body = body
    request._stream = BytesIO(body)


def _view(server: OutgoingServer, kind: str) -> Any:
    """Anymail's view, used for its parsing and its checks. Raises HookRefused when nothing is set
    up that a post could be checked against.
    """
    provider = server.provider
    try:
        secret, stored = unseal(server.sealed_webhook_secret), settings_of(server)
    except (CannotUnseal, RouteTrouble) as error:
        raise HookRefused from error
    signed_with = _SIGNED_WITH.get((provider, kind))
    key = stored.get(signed_with, "") if signed_with else ""
    needs_key = signed_with is not None and (provider, kind) not in _MAY_BE_UNSIGNED
    if (needs_key and not key) or not (key or secret):
        raise HookRefused
    options: dict[str, object] = {"webhook_secret": [secret] if secret else []}
    if signed_with and key:
        options[signed_with] = key
    if fetched_with := _FETCHED_WITH.get((provider, kind)):
        options[fetched_with] = stored.get(fetched_with, "")
    if provider == "mandrill":
        options["webhook_url"] = _mandrill_url(webhook_urls(server)[kind], secret)
    name = f"anymail.webhooks.{_VIEWS[provider].format(kind.capitalize())}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", AnymailInsecureWebhookWarning)
        return import_string(name)(**options)


def _mandrill_url(url: str, secret: str) -> str:
    """Mandrill signs the address as it was entered there, with user and password."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=f"{secret}@{parts.netloc}")) if secret else url


def _refuse_old(provider: str, request: HttpRequest) -> None:
    """Mailgun's signature is over a time and a random token, not over the content."""
    if provider != "mailgun":
        return
    if request.content_type == "application/json":
        stamp = json.loads(request.body)["signature"]["timestamp"]
    else:
        stamp = request.POST["timestamp"]
    if abs(clock.now().timestamp() - float(stamp)) > MAILGUN_SECONDS:
        raise HookRefused


def _raw(account: ChannelAccount, provider: str, event: AnymailInboundEvent) -> RawMessage:
    message = event.message
    known = f"{provider}:{event.event_id}" if event.event_id else ""
    return RawMessage(
        account=account,
        raw=message.as_bytes(),
        envelope={
            "via": provider,
            "from": message.envelope_sender or "",
            "to": [message.envelope_recipient] if message.envelope_recipient else [],
        },
        # The same notice posted twice is one message, whatever its content.
        external_id=hashlib.sha256(known.encode()).hexdigest() if known else "",
    )

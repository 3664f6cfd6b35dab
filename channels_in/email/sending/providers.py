"""Mail providers with an HTTP interface, through Anymail: which there are and what they need.

Only these, and of their settings only the named ones: an address of an interface that somebody
could choose would let this machine post anywhere (attack 44).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from django.core.exceptions import ImproperlyConfigured
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.module_loading import import_string

from channels_in.email.sending.errors import RouteTrouble
from channels_in.models import OutgoingServer
from core.crypto import CannotUnseal, unseal

API_SECONDS = 30  # of one request


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider. `required` and `optional` settings are text, in Anymail's names.

    `signing` are those that check its webhooks; `addresses` the choices where a provider has
    several regions. `has_metadata`: reports come back with what was given along.
    """

    name: str
    required: tuple[str, ...] = ("api_key",)
    optional: tuple[str, ...] = ()
    signing: tuple[str, ...] = ()
    addresses: dict[str, str] = field(default_factory=dict)
    has_metadata: bool = True
    has_inbound: bool = True


PROVIDERS = {
    "brevo": Provider("Brevo"),
    "mailersend": Provider(
        "MailerSend", required=("api_token",), signing=("signing_secret", "inbound_secret"),
        has_metadata=False,
    ),
    "mailgun": Provider(
        "Mailgun", optional=("sender_domain",), signing=("webhook_signing_key",),
        addresses={"us": "https://api.mailgun.net/v3", "eu": "https://api.eu.mailgun.net/v3"},
    ),
    "mailjet": Provider("Mailjet", required=("api_key", "secret_key")),
    "mandrill": Provider("Mandrill", signing=("webhook_key",)),
    "postmark": Provider("Postmark", required=("server_token",), optional=("message_stream",)),
    "resend": Provider("Resend"),
    "scaleway": Provider(
        "Scaleway", required=("secret_key", "project_id"), has_inbound=False,
    ),
    "sendgrid": Provider("SendGrid", signing=("tracking_webhook_verification_key",)),
    "sparkpost": Provider(
        "SparkPost", optional=("subaccount",),
        addresses={
            "us": "https://api.sparkpost.com/api/v1", "eu": "https://api.eu.sparkpost.com/api/v1",
        },
    ),
    "unisender_go": Provider(
        "Unisender Go", has_inbound=False,
        addresses={
            "go1": "https://go1.unisender.ru/ru/transactional/api/v1/",
            "go2": "https://go2.unisender.ru/ru/transactional/api/v1/",
        },
    ),
}  # fmt: skip


def settings_of(server: OutgoingServer) -> dict[str, str]:
    """The provider's settings in clear. Raises RouteTrouble."""
    try:
        stored = json.loads(unseal(server.sealed_provider_settings) or "{}")
    except CannotUnseal as error:
        raise RouteTrouble(str(error), is_refusal=True) from error
    return {str(key): str(value) for key, value in stored.items() if value not in (None, "")}


def provider_backend(server: OutgoingServer) -> BaseEmailBackend:
    """Anymail's backend for a server of ours. Raises RouteTrouble."""
    provider = PROVIDERS.get(server.provider)
    if provider is None:
        raise RouteTrouble("The mail provider of this address is not known.", is_refusal=True)
    stored = settings_of(server)
    missing = [name for name in provider.required if name not in stored]
    if missing:
        raise RouteTrouble(f"{provider.name} needs: {', '.join(missing)}.", is_refusal=True)
    allowed = {*provider.required, *provider.optional}
    options: dict[str, object] = {key: stored[key] for key in stored if key in allowed}
    if provider.addresses:
        region = stored.get("region", next(iter(provider.addresses)))
        if region not in provider.addresses:
            raise RouteTrouble(f"{provider.name} has no region {region}.", is_refusal=True)
        options["api_url"] = provider.addresses[region]
    backend = import_string(f"anymail.backends.{server.provider}.EmailBackend")
    try:
        return backend(timeout=API_SECONDS, **options)
    except ImproperlyConfigured as error:
        raise RouteTrouble(f"{provider.name} is not set up completely.", is_refusal=True) from error

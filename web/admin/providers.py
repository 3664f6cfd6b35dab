"""Mail providers that send for us or post to us, with the words for what each of them asks for."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from channels_in.email.sending.providers import PROVIDERS

_LABELS = {
    "api_key": _("API key"),
    "api_token": _("API token"),
    "secret_key": _("Secret key"),
    "server_token": _("Server token"),
    "project_id": _("Project id"),
    "sender_domain": _("Sending domain (optional)"),
    "message_stream": _("Message stream (optional)"),
    "subaccount": _("Subaccount (optional)"),
    "inbound_secret": _("Inbound secret"),
    "signing_secret": _("Signing secret"),
    "webhook_signing_key": _("Webhook signing key"),
    "webhook_key": _("Webhook key"),
    "tracking_webhook_verification_key": _("Verification key of the event webhook"),
}
# Who posts only a notice: the mail itself is fetched with the key.
_FETCHED = {"brevo": ("api_key",), "resend": ("api_key",)}
_REGIONS = {"eu": _("European Union"), "us": _("United States"), "go1": "go1", "go2": "go2"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A provider as a form shows it: text fields (name, label) and regions to choose from."""

    name: str
    title: str
    fields: tuple[tuple[str, str], ...]
    regions: tuple[tuple[str, str], ...] = ()
    required: tuple[str, ...] = ()


def senders() -> list[Asked]:
    """Providers that can send for an address."""
    return [
        Asked(
            name, provider.name,
            tuple((key, str(_LABELS[key])) for key in (*provider.required, *provider.optional)),
            tuple((region, str(_REGIONS[region])) for region in provider.addresses),
            provider.required,
        )
        for name, provider in PROVIDERS.items()
    ]  # fmt: skip


def receivers() -> list[Asked]:
    """Providers that can post mail to us, with the keys that prove or fetch what they post."""
    return [
        Asked(
            name, provider.name,
            tuple((key, str(_LABELS[key])) for key in (*provider.signing, *_FETCHED.get(name, ()))),
        )
        for name, provider in PROVIDERS.items()
        if provider.has_inbound
    ]  # fmt: skip


def title_of(provider: str) -> str:
    """How a provider writes itself."""
    return PROVIDERS[provider].name if provider in PROVIDERS else provider

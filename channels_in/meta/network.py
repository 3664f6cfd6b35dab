"""What the networks of Meta have in common as networks of the house."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from channels_in.meta import webhooks
from channels_in.models import Connection
from channels_in.networks.network import (
    Addressee,
    Field,
    Text,
    WebhookAnswer,
    WebhookRequest,
)
from channels_in.payloads import Payload


class MetaNetwork:
    """A network that posts to one address for all accounts of an app, and signs what it posts."""

    is_polled = False
    has_webhook = True
    events: Sequence[str] = ()  # what is to be subscribed in the app

    def webhook(self, request: WebhookRequest, connection: Connection) -> WebhookAnswer:
        """Take a post apart. Raises BadSignature, ValueError."""
        if answer := webhooks.handshake(request, connection):
            return answer
        return self.heard(webhooks.entries(request, connection), connection)

    def heard(self, entries: Iterable[Payload], connection: Connection) -> WebhookAnswer:
        """What a signed post holds for this account; its entries may be others'."""
        raise NotImplementedError

    def addressees(self, body: bytes) -> Sequence[Addressee]:
        return webhooks.addressees(body)

    def door_key(self, connection: Connection) -> str:
        return connection.account.address


def own_entries(entries: Iterable[Payload], connection: Connection) -> Iterable[Payload]:
    """Those of a page or profile."""
    return (entry for entry in entries if entry.text("id") == connection.account.address)


def secret_fields(*, token: Text, token_help: Text, secret_help: Text) -> tuple[Field, ...]:
    """What all of them ask for, in the words of each."""
    return (
        Field("access_token", token, token_help, is_secret=True),
        Field("app_secret", _("App secret"), secret_help, is_secret=True),
        Field("verify_token", _("Verify token"),
              _("Leave it empty and one is made; it then stands beside the address, to be entered "
                "at Meta."),
              is_secret=True, is_required=False, is_generated=True),
    )  # fmt: skip

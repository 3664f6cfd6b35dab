"""By which way mail of an address leaves: EMAIL_URL, a server of its own, or a provider."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

from channels_in.accounts import account_of, default_account, email_accounts
from channels_in.email.sending.providers import provider_backend
from channels_in.email.sending.smtp import DefaultSMTP, OwnSMTP
from channels_in.models import ChannelAccount, OutgoingServer
from tickets.models import Ticket

_DJANGO_SMTP = "django.core.mail.backends.smtp.EmailBackend"


@dataclass(frozen=True, slots=True)
class Route:
    """One way out. `server` is None where an address has nothing of its own."""

    server: OutgoingServer | None = None

    @property
    def is_provider(self) -> bool:
        return self.server is not None and self.server.kind == OutgoingServer.Kind.PROVIDER

    def backend(self) -> BaseEmailBackend:
        """A closed connection. Raises RouteTrouble for settings that cannot work."""
        server = self.server
        if server is None or server.kind == OutgoingServer.Kind.DEFAULT:
            if settings.EMAIL_BACKEND == _DJANGO_SMTP:
                return DefaultSMTP()
            return get_connection()
        return provider_backend(server) if self.is_provider else OwnSMTP(server)


def account_for(ticket: Ticket) -> ChannelAccount:
    """Our address that answers on a ticket: the one written to while it is connected, else the
    default one.
    """
    account = account_of(ticket.recipient) if ticket.recipient else None
    chosen = (row for row in email_accounts().values() if row.is_default)
    return account or next(chosen, None) or default_account()


def routes_of(accounts: Iterable[ChannelAccount]) -> dict[int, Route]:
    """The route of each account by the account's id: one query."""
    wanted = {account.pk for account in accounts}
    rows = OutgoingServer.objects.filter(account__in=wanted).select_related("account", "grant")
    servers = {row.account_id: row for row in rows}
    return {pk: Route(servers.get(pk)) for pk in wanted}

"""How accounts on networks are doing: reads for the settings pages, at a constant cost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from accounts.actor import Actor
from channels_in.actions.accounts import AccountGone
from channels_in.actions.connections import require_manager
from channels_in.health import RECENT_DELIVERIES
from channels_in.models import Connection, Fate, InboundItem
from channels_in.networks.doors import strangers_of
from channels_in.networks.network import HasTroubles, NamesEvents, Network, Text
from channels_in.networks.registry import network_of, networks
from core.crypto import CannotUnseal
from tickets.models import Delivery, DeliveryState

LATEST = 20


@dataclass(frozen=True, slots=True)
class NetworkHealth:
    """One connected account. `state` is ok, waiting (nothing came yet), trouble or off."""

    connection: Connection
    network: Network
    last_received: datetime | None
    waiting_in: int
    failed_in: int
    queue_out: int

    @property
    def state(self) -> str:
        if not self.connection.account.is_active:
            return "off"
        if self.connection.error or self.failed_in or self.troubles:
            return "trouble"
        return "ok" if self.last_received else "waiting"

    @property
    def webhook_url(self) -> str:
        """What the network has to be told; empty where it is asked instead."""
        if not self.network.has_webhook:
            return ""
        arguments = [self.network.channel, self.connection.webhook_key]
        return f"{settings.SITE_URL}{reverse('network_hook', args=arguments)}"

    @property
    def events(self) -> Sequence[str]:
        """What is to be subscribed at the network, where somebody has to."""
        return self.network.events if isinstance(self.network, NamesEvents) else ()

    @property
    def troubles(self) -> Sequence[str]:
        """What of the account does not work though the account does, with what to do."""
        if not isinstance(self.network, HasTroubles):
            return ()
        return self.network.troubles(self.connection)

    @property
    def strangers(self) -> list[tuple[str, str, datetime]]:
        """Channel, name and time of accounts that are not connected, though the network posts
        here what is for them.
        """
        rows = strangers_of(self.connection)
        return [(channel, name, datetime.fromisoformat(at)) for channel, name, at in rows]

    @property
    def generated(self) -> list[tuple[Text, str]]:
        """Secrets of our own making that the network has to be told, with their labels."""
        try:
            secrets = self.connection.secrets
        except CannotUnseal:
            return []
        fields = [field for field in self.network.fields if field.is_generated]
        return [(field.label, secrets[field.name]) for field in fields if field.name in secrets]


@dataclass(frozen=True, slots=True)
class Offer:
    """A network that can be connected, and how many accounts of it are."""

    network: Network
    connected: int

    @property
    def label(self) -> Text:
        return self.network.label


def network_healths(actor: Actor) -> list[NetworkHealth]:
    """Every account on a network, by network. Three queries. Raises NotPermitted."""
    require_manager(actor)
    rows = _connections().filter(account__channel__in=networks()).select_related("account")
    return _health(rows.order_by("account__channel", "account__address"))


def network_health(actor: Actor, connection_id: int) -> NetworkHealth:
    """One account. Raises NotPermitted, AccountGone."""
    require_manager(actor)
    rows = (
        _connections()
        .filter(pk=connection_id)
        .select_related("account__group", "account__schedule")
    )
    found = _health(rows)
    if not found:
        raise AccountGone
    return found[0]


def offers(healths: Sequence[NetworkHealth]) -> list[Offer]:
    """Every network with the number of its connected accounts."""
    active = [row.connection.channel for row in healths if row.connection.account.is_active]
    return [Offer(network, active.count(channel)) for channel, network in networks().items()]


def latest_sent(actor: Actor, connection: Connection) -> list[Delivery]:
    """The latest that left, or was to leave, by the network of an account.

    Looked for in a window of the latest deliveries: bounded, however many there ever were.
    """
    require_manager(actor)
    newest = Delivery.objects.aggregate(newest=Max("id"))["newest"] or 0
    rows = Delivery.objects.filter(
        channel=connection.channel, pk__gt=newest - RECENT_DELIVERIES
    ).select_related("recipient", "ticket")
    return list(rows.order_by("-id")[:LATEST])


def _connections() -> QuerySet[Connection]:
    """Each with the time of its latest message: one look into an index, however many there are."""
    latest = InboundItem.objects.filter(account=OuterRef("account")).order_by("-received_at")
    return Connection.objects.annotate(last_received=Subquery(latest.values("received_at")[:1]))


def _health(connections: Iterable[Connection]) -> list[NetworkHealth]:
    rows = list(connections)
    accounts = [row.account_id for row in rows]
    due = {
        pk: (waiting, failed)
        for pk, waiting, failed in InboundItem.objects.filter(
            account__in=accounts, fate__in=(Fate.PENDING, Fate.FAILED)
        )
        .values_list("account_id")
        .annotate(
            waiting=Count("id", filter=Q(fate=Fate.PENDING)),
            failed=Count("id", filter=Q(fate=Fate.FAILED)),
        )
        .order_by()
    }
    queued = dict(
        Delivery.objects.filter(
            channel__in={row.channel for row in rows},
            state__in=(DeliveryState.QUEUED, DeliveryState.SENDING),
        )
        .values_list("channel")
        .annotate(n=Count("*"))
        .order_by()
    )
    return [
        NetworkHealth(
            connection=row, network=network, last_received=getattr(row, "last_received", None),
            waiting_in=due.get(row.account_id, (0, 0))[0],
            failed_in=due.get(row.account_id, (0, 0))[1],
            queue_out=queued.get(row.channel, 0),
        )
        for row in rows
        if (network := network_of(row.channel))
    ]  # fmt: skip

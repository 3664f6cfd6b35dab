"""What networks post to us: the signature first, then stored, then answered."""

from __future__ import annotations

from channels_in.actions.connections import note_works
from channels_in.models import Connection
from channels_in.networks.doors import passed_on
from channels_in.networks.network import WebhookAnswer, WebhookRequest
from channels_in.networks.receipts import note_receipts
from channels_in.networks.registry import network_of
from channels_in.networks.storing import store


def connection_of_hook(channel: str, key: str) -> Connection | None:
    """Whose webhook an address is; None when it is nobody's."""
    network = network_of(channel)
    if network is None or not network.has_webhook:
        return None
    rows = Connection.objects.select_related("account")
    return rows.filter(webhook_key=key, account__channel=channel, account__is_active=True).first()


def take(connection: Connection, request: WebhookRequest) -> WebhookAnswer:
    """Check a post and store what is in it. When this returns, everything is committed.

    Raises BadSignature, ValueError (not what this network posts), and the errors of the database:
    then the network tries again.
    """
    network = network_of(connection.channel)
    if network is None:
        raise ValueError(connection.channel)
    answer = network.webhook(request, connection)
    _keep(connection, answer)
    for other, theirs in passed_on(network, connection, request):
        _keep(other, theirs)
    return answer


def _keep(connection: Connection, answer: WebhookAnswer) -> None:
    store(connection.account, answer.messages)
    note_receipts(connection.channel, answer.receipts)
    note_works(connection=connection)

"""One address of ours that a network posts to for several accounts: each gets what is its own.

Meta has one address for each app and kind of object, whatever pages and numbers the app serves.
What is for an account that is not connected here is answered like all, and shown beside the account
whose address it came to.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence

from channels_in.actions.strangers import note_strangers
from channels_in.models import Connection
from channels_in.networks.network import (
    Addressee,
    BadSignature,
    Network,
    SharesItsDoor,
    WebhookAnswer,
    WebhookRequest,
)
from channels_in.networks.registry import network_of
from core.crypto import CannotUnseal

logger = logging.getLogger(__name__)


def passed_on(
    network: Network, connection: Connection, request: WebhookRequest
) -> Iterator[tuple[Connection, WebhookAnswer]]:
    """What a post to one account's address holds for other accounts, each with its own secret
    proving it once more. The caller has checked the post with that of `connection`.
    """
    if request.method != "POST" or not isinstance(network, SharesItsDoor):
        return
    own = (network.channel, network.door_key(connection))
    others = [one for one in network.addressees(request.body) if (one.channel, one.key) != own]
    if not others:
        return
    accounts = _accounts({one.channel for one in others})
    strangers: list[Addressee] = []
    for one in others:
        found = accounts.get((one.channel, one.key))
        other = network_of(one.channel)
        if found is None or other is None:
            strangers.append(one)
            continue
        try:
            yield found, other.webhook(request, found)
        except (BadSignature, CannotUnseal):  # it belongs to another app, which posts by itself
            log = {"connection": connection.pk, "for": found.pk}
            logger.info("hook.of_another_app", extra=log)
    note_strangers(connection=connection, strangers=strangers)


def _accounts(channels: set[str]) -> dict[tuple[str, str], Connection]:
    rows = Connection.objects.filter(account__channel__in=channels, account__is_active=True)
    found: dict[tuple[str, str], Connection] = {}
    for row in rows.select_related("account"):
        network = network_of(row.channel)
        if isinstance(network, SharesItsDoor):
            found[row.channel, network.door_key(row)] = row
    return found


def strangers_of(connection: Connection) -> Sequence[tuple[str, str, str]]:
    """Channel, name and ISO instant of those that were posted for and are not connected, the latest
    first.
    """
    rows = connection.cursor.get("strangers", {})
    found = [(key.partition(":")[0], row["name"], row["at"]) for key, row in rows.items()]
    return sorted(found, key=lambda row: row[2], reverse=True)

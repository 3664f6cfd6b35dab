"""Having networks post to us: told where, when an account is connected."""

from __future__ import annotations

import logging
from contextlib import closing

from django.conf import settings
from django.urls import reverse

from channels_in.actions.connections import note_trouble
from channels_in.actions.listening import note_listening
from channels_in.models import Connection
from channels_in.networks.network import (
    Listens,
    Network,
    NetworkError,
    StopsListening,
    TokenExpired,
)

logger = logging.getLogger(__name__)


def webhook_url(connection: Connection) -> str:
    """Where the network of this account posts to."""
    path = reverse("network_hook", args=[connection.channel, connection.webhook_key])
    return f"{settings.SITE_URL}{path}"


def begin_to_listen(network: Network, connection: Connection) -> None:
    """Tell the network our address, where it can be told; else, and where it refuses, it is asked
    for news if that is possible, and the trouble is shown if it is not.
    """
    with closing(network.client(connection)) as client:
        if not isinstance(client, Listens):
            return
        secret = connection.secret("webhook_secret") or connection.secret("verify_token")
        try:
            client.listen_at(webhook_url(connection), secret)
        except NetworkError as error:
            logger.info("network.not_told", extra={"connection": connection.pk, "why": str(error)})
            if network.is_polled and isinstance(client, StopsListening):
                _stop_listening(client, connection)
            elif not network.is_polled:
                is_sign_in = isinstance(error, TokenExpired)
                note_trouble(connection=connection, error=str(error), needs_sign_in=is_sign_in)
            return
    note_listening(connection=connection)


def _stop_listening(client: StopsListening, connection: Connection) -> None:
    """An address that was told earlier, by us or by another program, would keep the news away."""
    try:
        client.stop_listening()
    except NetworkError as error:  # the next visit says what is wrong, and shows it
        log = {"connection": connection.pk, "why": str(error)}
        logger.info("network.still_told", extra=log)

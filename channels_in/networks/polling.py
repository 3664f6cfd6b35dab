"""Asking networks that do not come to us: what is new since the cursor."""

from __future__ import annotations

import logging
import time
from contextlib import closing
from typing import cast

from channels_in.actions.connections import POLL_EVERY, advance_poll, claim_polls, note_trouble
from channels_in.models import Connection
from channels_in.networks.network import (
    Network,
    NetworkError,
    PolledClient,
    RateLimited,
    TokenExpired,
)
from channels_in.networks.opening import open_client
from channels_in.networks.registry import network_of
from channels_in.networks.storing import store
from core import clock
from core.crypto import CannotUnseal

AT_ONCE = 4
VISIT_SECONDS = 60  # of one account, however much there is: the others wait
PAGES = 40

logger = logging.getLogger(__name__)


def poll_due() -> int:
    """Visit the accounts that are due. Returns how many there were."""
    connections = claim_polls(limit=AT_ONCE)
    for connection in connections:
        network = network_of(connection.channel)
        if network is None:
            continue
        try:
            _visit(network, connection)
        except (NetworkError, CannotUnseal) as error:
            note_trouble(
                connection=connection, error=str(error),
                needs_sign_in=isinstance(error, TokenExpired | CannotUnseal),
                retry_after=error.retry_after if isinstance(error, RateLimited) else None,
            )  # fmt: skip
            logger.warning("network.not_polled", extra=_log(connection, why=str(error)))
        except Exception as error:  # a client's own mistake must not stop the others
            words = f"{type(error).__name__}: {error}"
            note_trouble(connection=connection, error=words, needs_sign_in=False)
            logger.exception("network.broke", extra=_log(connection))
    return len(connections)


def _visit(network: Network, connection: Connection) -> None:
    """Page by page: stored first, then the cursor moves; a crash between reads a page twice."""
    ends_at = time.monotonic() + VISIT_SECONDS
    with closing(open_client(network, connection)) as client:
        for _ in range(PAGES):
            page = cast(PolledClient, client).poll(dict(connection.cursor))
            store(connection.account, page.messages)
            goes_on = page.has_more and time.monotonic() < ends_at
            next_at = None if goes_on else page.next_at or clock.now() + POLL_EVERY
            if not advance_poll(connection=connection, cursor=page.cursor, next_at=next_at):
                return
            if not goes_on:
                return
        advance_poll(connection=connection, cursor=connection.cursor, next_at=clock.now())


def _log(connection: Connection, **more: str) -> dict[str, object]:
    return {"connection": connection.pk, "channel": connection.channel, **more}

"""Sign-ins that would end are renewed while they are good, so that nobody has to sign in again."""

from __future__ import annotations

import logging
from datetime import timedelta

from channels_in.actions.connections import note_trouble
from channels_in.actions.renewals import claim_renewals, keep_renewed, put_off_renewal
from channels_in.models import Connection
from channels_in.networks.network import NetworkError, Renews, TokenExpired
from channels_in.networks.opening import PLAYED
from channels_in.networks.registry import network_of
from core import clock
from core.crypto import CannotUnseal

AT_ONCE = 4
AGAIN = timedelta(hours=6)
PART = 4  # a renewed sign-in is renewed when a fourth of its time is over

logger = logging.getLogger(__name__)


def renew_due() -> int:
    """Renew the sign-ins that are due. Returns how many there were."""
    connections = claim_renewals(limit=AT_ONCE)
    for connection in connections:
        network = network_of(connection.channel)
        if isinstance(network, Renews) and not connection.setting(PLAYED, default=False):
            _renew(network, connection)
    return len(connections)


def _renew(network: Renews, connection: Connection) -> None:
    try:
        renewed = network.renewed(connection)
    except (NetworkError, CannotUnseal) as error:
        put_off_renewal(connection=connection, next_at=clock.now() + AGAIN)
        if isinstance(error, TokenExpired):
            note_trouble(connection=connection, error=str(error), needs_sign_in=True)
        log = {"connection": connection.pk, "channel": connection.channel, "why": str(error)}
        logger.warning("network.not_renewed", extra=log)
        return
    if renewed is None:
        keep_renewed(connection=connection, secrets={}, next_at=None)
        return
    next_at = clock.now() + renewed.lasts / PART
    keep_renewed(connection=connection, secrets=renewed.secrets, next_at=next_at)
    logger.info("network.renewed", extra={"connection": connection.pk, "next_at": str(next_at)})

"""Claimed deliveries out by a network: one client an account, the end of each noted at once."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta

from channels_in.actions.connections import note_trouble, note_works
from channels_in.actions.threads import note_answers_by, note_begun_thread
from channels_in.models import Connection
from channels_in.networks.network import (
    Client,
    Network,
    NetworkError,
    RateLimited,
    Refused,
    Sent,
    TokenExpired,
    Uncertain,
    Unreachable,
)
from channels_in.networks.opening import open_client
from channels_in.networks.outgoing import Route, outgoing_of, routes_of
from channels_in.networks.troubles import trouble_of_all
from core import clock
from core.crypto import CannotUnseal
from tickets.actions import begin_delivery, mark_failed, mark_unknown
from tickets.actions.outages import mark_accepted, postpone_deliveries
from tickets.models import Delivery

BATCH_SECONDS = 45  # what is not begun by then waits for the next batch: a lease must not run out
NOT_CONNECTED = "No %s account is connected that could send this. Connect one, then send it again."

logger = logging.getLogger(__name__)


def send(network: Network, deliveries: Sequence[Delivery]) -> None:
    """Send and note the end of each: sent, to be tried again, failed for good, or not known.

    What cannot leave because of the account waits without losing an attempt; the others go on. One
    that cannot be delivered while the network answers waits by itself, and loses one.
    """
    ends_at = time.monotonic() + BATCH_SECONDS
    by_connection: dict[int, list[tuple[Delivery, Route]]] = {}
    for delivery, route in routes_of(network, deliveries):
        if route is None:
            words = NOT_CONNECTED % network.label
            mark_failed(delivery=delivery, error=words, is_permanent=True)
        else:
            by_connection.setdefault(route.connection.pk, []).append((delivery, route))
    for rows in by_connection.values():
        _send_by(network, rows[0][1].connection, rows, ends_at)


def _send_by(
    network: Network,
    connection: Connection,
    rows: list[tuple[Delivery, Route]],
    ends_at: float,
) -> None:
    if connection.retry_at and connection.retry_at > clock.now():
        _wait(rows, connection.error, connection.retry_at - clock.now())
        return
    try:
        client = open_client(network, connection)
    except (NetworkError, CannotUnseal) as error:
        _stop(connection, rows, error)
        return
    with closing(client):
        is_reached = False
        for at, (delivery, route) in enumerate(rows):
            if time.monotonic() > ends_at:
                _wait(rows[at:], "", timedelta(0))
                break
            try:
                is_reached = _send_one(client, delivery, route) or is_reached
            except (RateLimited, TokenExpired, Unreachable) as error:
                if away := trouble_of_all(client, error):
                    _stop(connection, rows[at:], away)
                    return
                mark_failed(delivery=delivery, error=str(error), is_permanent=False)
    note_works(connection=connection, is_sending=is_reached)


def _send_one(client: Client, delivery: Delivery, route: Route) -> bool:
    """Whether the network took it. Raises what may concern the whole account, while nothing of this
    delivery has left.
    """
    outgoing = outgoing_of(delivery, route)
    if not begin_delivery(delivery=delivery):
        return False
    log = {"delivery": delivery.pk, "ticket": delivery.ticket_id, "channel": delivery.channel}
    try:
        sent = client.send(outgoing)
    except (RateLimited, TokenExpired, Unreachable):
        raise
    except Refused as error:
        mark_failed(delivery=delivery, error=str(error), is_permanent=True)
        logger.warning("delivery.refused", extra={**log, "why": str(error)})
    except Uncertain as error:
        mark_unknown(delivery=delivery, error=str(error))
        logger.warning("delivery.unknown", extra={**log, "why": str(error)})
    except Exception as error:  # a client's own mistake: nobody knows how far it got
        mark_unknown(delivery=delivery, error=f"{type(error).__name__}: {error}")
        logger.exception("delivery.broke", extra=log)
    else:
        _note_sent(delivery, route, sent)
        logger.info("delivery.sent", extra=log)
        return True
    return False


def _note_sent(delivery: Delivery, route: Route, sent: Sent) -> None:
    mark_accepted(delivery=delivery, provider_id=sent.id, url=sent.url, more_ids=sent.more_ids)
    key = sent.conversation or route.conversation
    if sent.answers_by:
        note_answers_by(
            account=route.connection.account, ticket_id=delivery.ticket_id,
            person=delivery.recipient, channel=sent.answers_by.channel,
            handle=sent.answers_by.handle,
        )  # fmt: skip
    if key:
        note_begun_thread(
            account_id=route.connection.account_id, key=key, ticket_id=delivery.ticket_id,
            person_id=delivery.recipient_id if route.is_private else None,
        )  # fmt: skip


def _stop(connection: Connection, rows: list[tuple[Delivery, Route]], error: Exception) -> None:
    """Show the trouble on the account, and let its deliveries wait until it may be over."""
    until = note_trouble(
        connection=connection, error=str(error),
        needs_sign_in=isinstance(error, TokenExpired | CannotUnseal),
        retry_after=error.retry_after if isinstance(error, RateLimited) else None,
    )  # fmt: skip
    logger.warning("network.stopped", extra={"connection": connection.pk, "why": str(error)})
    jitter = random.uniform(1, 1.2)  # noqa: S311
    _wait(rows, str(error), (until - clock.now()) * jitter)


def _wait(rows: list[tuple[Delivery, Route]], error: str, wait: timedelta) -> None:
    postpone_deliveries(
        deliveries=[delivery for delivery, _ in rows], until=clock.now() + wait, error=error
    )

"""Claimed deliveries out by mail: one connection a route, the end of each noted at once."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby

from anymail.exceptions import AnymailError
from django.core.mail.backends.base import BaseEmailBackend

from channels_in.actions.outgoing import note_route_works, pause_route
from channels_in.email.compose import compose
from channels_in.email.sending.errors import CannotSend, RouteTrouble
from channels_in.email.sending.message import OneRecipient
from channels_in.email.sending.replies import End, Outcome, outcome_of
from channels_in.email.sending.routes import Route, account_for, routes_of
from core import clock
from tickets.actions import begin_delivery, mark_failed, mark_sent, mark_unknown
from tickets.actions.outages import mark_accepted, postpone_deliveries
from tickets.models import Delivery

# Deliveries of a batch that are not begun by then wait for the next: their lease must not run out
# while a slow server is spoken to, for then they would count as not known.
BATCH_SECONDS = 45
_PAUSE = timedelta(minutes=2)  # of EMAIL_URL, whose troubles have no row to be noted in

logger = logging.getLogger(__name__)


def send(deliveries: Sequence[Delivery]) -> None:
    """Send and note the end of each: sent, to be tried again, failed for good, or not known.

    Each beginning and each end is written down at once: a crash leaves one message, not a batch, of
    which nobody knows whether it left.
    When nothing can leave by a route, its deliveries wait without losing an attempt; others go on.
    """
    batch = _Batch(deliveries)
    try:
        for route, rows in batch.by_route():
            batch.send(route, rows)
    finally:
        batch.put_back()


class _Batch:
    """The deliveries one worker has claimed, and which of them nothing has happened to yet."""

    def __init__(self, deliveries: Sequence[Delivery]) -> None:
        self.untried = {delivery.pk: delivery for delivery in deliveries}
        self.ends_at = time.monotonic() + BATCH_SECONDS

    def by_route(self) -> list[tuple[Route, list[Delivery]]]:
        rows = list(self.untried.values())
        accounts = {row.pk: account_for(row.ticket) for row in rows}
        routes = routes_of(accounts.values())
        chosen = sorted(
            ((routes[accounts[row.pk].pk], row) for row in rows),
            key=lambda pair: (pair[0].server.pk if pair[0].server else 0, pair[1].pk),
        )
        return [
            (route, [row for _, row in pairs])
            for route, pairs in groupby(chosen, key=lambda pair: pair[0])
        ]

    def send(self, route: Route, rows: Sequence[Delivery]) -> None:
        server = route.server
        if server and server.retry_at and server.retry_at > clock.now():
            self._wait(rows, server.error, server.retry_at - clock.now())
            return
        try:
            connection = route.backend()
        except RouteTrouble as trouble:
            self._stop(route, rows, trouble)
            return
        try:
            for at, delivery in enumerate(rows):
                if time.monotonic() > self.ends_at:
                    return
                try:
                    self._send_one(delivery, route, connection)
                except RouteTrouble as trouble:
                    self._stop(route, rows[at:], trouble)
                    return
        finally:
            _close(connection)

    def _send_one(self, delivery: Delivery, route: Route, connection: BaseEmailBackend) -> None:
        """Raises RouteTrouble while nothing of this delivery has left."""
        _open(connection)
        message = self._composed(delivery, route)
        if message is None:
            return
        del self.untried[delivery.pk]
        if not begin_delivery(delivery=delivery):
            return
        outcome = _hand_over(message, connection)
        if outcome.end is End.TOO_LARGE and message.has_files:
            smaller = self._composed(delivery, route, links_only=True)
            if smaller is None:
                return
            _open_again(connection)
            message, outcome = smaller, _hand_over(smaller, connection)
        if outcome.end is End.ROUTE:
            self.untried[delivery.pk] = delivery
            raise RouteTrouble(outcome.words, is_refusal=outcome.is_refusal)
        _note(delivery, message, outcome)
        if outcome.end is End.SENT and route.server:
            note_route_works(server=route.server)

    def _composed(
        self, delivery: Delivery, route: Route, *, links_only: bool = False
    ) -> OneRecipient | None:
        try:
            message = compose(delivery, route=route, links_only=links_only)
            message.message()  # what cannot be built is found before anybody is spoken to
            return message
        except RouteTrouble:
            raise
        except CannotSend as error:
            self.untried.pop(delivery.pk, None)
            mark_failed(delivery=delivery, error=str(error), is_permanent=True)
        except Exception as error:
            # Whatever it was (a file that is gone, a broken template), nothing has left.
            logger.exception("delivery.not_composed", extra={"delivery": delivery.pk})
            self.untried.pop(delivery.pk, None)
            words = f"{type(error).__name__}: {error}"
            mark_failed(delivery=delivery, error=words, is_permanent=False)
        return None

    def _stop(self, route: Route, rows: Sequence[Delivery], trouble: RouteTrouble) -> None:
        """Show the trouble on the account, and let its deliveries wait until it may be over."""
        until = clock.now() + _PAUSE * random.uniform(0.8, 1.2)  # noqa: S311  jitter
        if route.server:
            until = pause_route(
                server_id=route.server.pk, error=str(trouble), is_refusal=trouble.is_refusal
            )
        logger.warning(
            "route.stopped",
            extra={"route": route.server.pk if route.server else 0, "why": str(trouble)},
        )
        self._wait(rows, str(trouble), until - clock.now())

    def _wait(self, rows: Sequence[Delivery], error: str, wait: timedelta) -> None:
        waiting = [row for row in rows if self.untried.pop(row.pk, None)]
        postpone_deliveries(deliveries=waiting, until=clock.now() + wait, error=error)

    def put_back(self) -> None:
        """What there was no time for is due at once again."""
        self._wait(list(self.untried.values()), "", timedelta(0))


def _open(connection: BaseEmailBackend) -> None:
    """Connect, unless that is done. Raises RouteTrouble."""
    try:
        connection.open()
    except RouteTrouble:
        raise
    except Exception as error:
        _close(connection)
        raise RouteTrouble(outcome_of(error, connection).words) from error


def _open_again(connection: BaseEmailBackend) -> None:
    _close(connection)
    _open(connection)


def _hand_over(message: OneRecipient, connection: BaseEmailBackend) -> Outcome:
    message.connection = connection
    try:
        message.send()
    except RouteTrouble:
        raise
    except (OSError, AnymailError, ValueError, TypeError) as error:
        # Anything else (a time limit of the worker, say) leaves it in `sending`: not known.
        outcome = outcome_of(error, connection)
        if outcome.ends_connection:
            _close(connection)
        return outcome
    return Outcome(End.SENT)


def _note(delivery: Delivery, message: OneRecipient, outcome: Outcome) -> None:
    log = {"delivery": delivery.pk, "ticket": delivery.ticket_id}
    if outcome.end is End.SENT:
        status = getattr(message, "anymail_status", None)
        provider_id = status.message_id if status is not None else None
        if isinstance(provider_id, str):
            mark_accepted(delivery=delivery, provider_id=provider_id)
        else:
            mark_sent(deliveries=[delivery])
        logger.info("delivery.sent", extra=log)
    elif outcome.end is End.UNKNOWN:
        mark_unknown(delivery=delivery, error=outcome.words)
        logger.warning("delivery.unknown", extra={**log, "why": outcome.words})
    else:
        mark_failed(delivery=delivery, error=outcome.words, is_permanent=outcome.is_final)
        refused = {**log, "why": outcome.words, "final": outcome.is_final}
        logger.warning("delivery.refused", extra=refused)


def _close(connection: BaseEmailBackend) -> None:
    """Whatever a dying connection says on the way out, it is over."""
    try:
        connection.close()
    except OSError:
        logger.info("route.closed_badly")

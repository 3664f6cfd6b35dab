"""The process's part that fetches mail: one thread a mailbox, as many as MAILBOX_THREADS.

A round every other second claims what is due, renews what is being read, and so notices new,
changed and switched-off mailboxes. Any number of processes may do this: each mailbox has one lease.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from dataclasses import dataclass

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection

from channels_in.actions.fetching import LEASE, Lease, claim_mailboxes, notice_lost
from channels_in.email.mailboxes.errors import LeaseLost
from channels_in.email.mailboxes.visits import visit
from channels_in.models import Mailbox

logger = logging.getLogger(__name__)

ROUND_SECONDS = 1.0
RENEW_SECONDS = LEASE.total_seconds() / 3
STOP_SECONDS = 3.0


@dataclass(slots=True)
class _Reading:
    lease: Lease
    thread: threading.Thread
    renewed_at: float


class Fetcher:
    """Fetches mail until it is stopped."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._readings: dict[int, _Reading] = {}
        self._thread = threading.Thread(target=self._run, name="fetcher", daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """End within some seconds, started or not.

        What a hanging server holds up is left behind: its mailbox is read by the next process,
        from the last noted position.
        """
        self._stop.set()
        until = time.monotonic() + STOP_SECONDS
        for thread in [self._thread, *(r.thread for r in self._readings.values())]:
            if thread.is_alive():
                thread.join(max(0.0, until - time.monotonic()))

    def request_stop(self) -> None:
        """Ask for the end without waiting for it; safe in a signal handler."""
        self._stop.set()

    def wait(self) -> None:
        """Stay until the end was asked for."""
        while not self._stop.wait(3600):  # with a time, so that signals are seen
            continue

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._round()
            except DatabaseError:
                logger.warning("fetcher.no_database")
            finally:
                connection.close()
            self._stop.wait(ROUND_SECONDS)

    def _round(self) -> None:
        for pk, reading in list(self._readings.items()):
            if not reading.thread.is_alive():
                _give_back(reading.lease)
                del self._readings[pk]
        for reading in self._readings.values():
            _renew(reading)
        if self._readings:
            notice_lost([reading.lease for reading in self._readings.values()])
        room = settings.MAILBOX_THREADS - len(self._readings)
        if room <= 0:
            return
        # With more mailboxes than threads nobody may stay: all are looked into in turn.
        may_wait = Mailbox.objects.filter(is_active=True).count() <= settings.MAILBOX_THREADS
        for lease in claim_mailboxes(limit=room, without=self._readings.keys()):
            thread = threading.Thread(
                target=visit, args=(lease, self._stop), kwargs={"may_wait": may_wait},
                name=f"mailbox-{lease.mailbox.pk}", daemon=True,
            )  # fmt: skip
            self._readings[lease.mailbox.pk] = _Reading(lease, thread, time.monotonic())
            thread.start()


def _give_back(lease: Lease) -> None:
    """A visit that ended while the database was away could not do it itself."""
    if not (lease.is_given_back or lease.is_lost):
        with contextlib.suppress(LeaseLost):
            lease.put_back(again_in=0)


def _renew(reading: _Reading) -> None:
    if time.monotonic() - reading.renewed_at > RENEW_SECONDS:
        with contextlib.suppress(LeaseLost):  # the visit notices by itself
            reading.lease.renew()
        reading.renewed_at = time.monotonic()

"""One visit to a mailbox: read what is new, then wait for more where the server tells by itself."""

from __future__ import annotations

import logging
import threading
import time

from django.conf import settings
from django.db import Error as DatabaseError
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from channels_in.actions.fetching import Lease
from channels_in.email.mailboxes import imap, pop3
from channels_in.email.mailboxes.errors import ConnectionLost, LeaseLost, MailboxError
from channels_in.email.mailboxes.imap_reading import open_for_reading, read_folder
from channels_in.email.mailboxes.pop3_reading import read_maildrop
from channels_in.email.mailboxes.storing import NotStored
from channels_in.models import Mailbox

logger = logging.getLogger(__name__)

# RFC 2177 allows 29 minutes; many a router forgets a silent connection after five.
IDLE_SECONDS = 240.0
TICK_SECONDS = 0.5  # how soon a waiting visit notices that it should end
SOON = 5.0  # after what is no fault of the mailbox


def visit(lease: Lease, stop: threading.Event, *, may_wait: bool = True) -> None:
    """Read a mailbox until it is to be polled again, has failed, or `stop` is set.

    Whatever happens is noted on the mailbox; nothing is raised. `may_wait`: stay for news (IDLE).
    """
    ids = {"mailbox": lease.mailbox.pk}
    try:
        again_in = _read(lease, stop, may_wait=may_wait)
        if stop.is_set():
            lease.put_back(again_in=0)
        else:
            lease.end(again_in=again_in)
    except LeaseLost:
        logger.info("mailbox.let_go", extra=ids)
    except DatabaseError:
        logger.warning("mailbox.no_database", extra=ids)
    except MailboxError as error:
        _give_up(lease, error)
    except Exception:
        # An answer that no library understands must not end the fetching of all other mail.
        logger.exception("mailbox.failed", extra=ids)
        _give_up(lease, MailboxError("Something unexpected happened; the log says what."))


def _give_up(lease: Lease, error: MailboxError) -> None:
    extra = {"mailbox": lease.mailbox.pk, "why": type(error).__name__}
    try:
        if isinstance(error, NotStored):
            lease.put_back(again_in=SOON)
        else:
            lease.fail(error)
        logger.warning("mailbox.unreadable", extra=extra)
    except (LeaseLost, DatabaseError):
        logger.info("mailbox.let_go", extra=extra)


def _read(lease: Lease, stop: threading.Event, *, may_wait: bool) -> float:
    """Seconds until the next visit."""
    mailbox = lease.mailbox
    if mailbox.protocol == Mailbox.Protocol.POP3:
        with pop3.signed_in(mailbox) as connection:
            read_maildrop(connection, lease, stop)
        return settings.MAILBOX_POLL_SECONDS
    with imap.signed_in(mailbox) as client:
        opened = open_for_reading(client, mailbox)
        read_folder(client, lease, opened, stop)
        if not (may_wait and client.has_capability("IDLE")):
            return settings.MAILBOX_POLL_SECONDS
        lease.note_success()
        try:
            _wait_and_read(client, lease, opened, stop)
        except (ConnectionLost, IMAPClientError, OSError):
            return SOON  # servers end long connections as they like: that alone is no fault
    return SOON


def _wait_and_read(
    client: IMAPClient, lease: Lease, opened: dict[bytes, object], stop: threading.Event
) -> None:
    """Stay until told to stop: read at each word of the server, and after IDLE_SECONDS anyway."""
    while not stop.is_set():
        _idle(client, lease, stop)
        if stop.is_set():
            return
        if lease.is_lost:
            raise LeaseLost
        client.noop()
        read_folder(client, lease, opened, stop)
        lease.note_success()


def _idle(client: IMAPClient, lease: Lease, stop: threading.Event) -> None:
    """Wait for news (RFC 2177). Ends early when the connection seems gone: the next command
    tells.
    """
    client.idle()
    ends_at = time.monotonic() + IDLE_SECONDS
    while not (stop.is_set() or lease.is_lost) and time.monotonic() < ends_at:
        began = time.monotonic()
        if client.idle_check(timeout=TICK_SECONDS) or time.monotonic() - began < TICK_SECONDS / 2:
            break
    client.idle_done()

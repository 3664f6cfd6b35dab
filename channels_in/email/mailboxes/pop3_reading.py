"""Reading a POP3 maildrop: what is new by UIDL (RFC 1939 §7), deleted or left there.

`Mailbox.seen_uidls` holds a short digest of each known id that the server still has, so that the
list is never longer than the maildrop. It moves after the messages are committed.
"""

from __future__ import annotations

import hashlib
import poplib
import threading
from collections.abc import Iterator

from django.conf import settings

from channels_in.actions.fetching import Lease
from channels_in.email.mailboxes import pop3
from channels_in.email.mailboxes.errors import MailboxError
from channels_in.email.mailboxes.storing import Fetched, store
from channels_in.models import Mailbox
from core import clock

BATCH = 50
BATCH_BYTES = 4 * 1024 * 1024
KNOWN_LIMIT = 50_000  # about a megabyte in the row


def read_maildrop(client: pop3.Connection, lease: Lease, stop: threading.Event) -> None:
    """Fetch all that is new. Raises MailboxError, LeaseLost.

    A new mailbox whose mail is left on the server begins with what comes from now on.
    """
    mailbox = lease.mailbox
    deletes = mailbox.afterwards == Mailbox.Afterwards.DELETE
    names = {number: _short(uidl) for number, uidl in pop3.uidls_of(client).items()}
    if len(names) > KNOWN_LIMIT and not deletes:
        raise MailboxError(
            f"There are more than {KNOWN_LIMIT} messages on the server, too many to leave there. "
            "Use IMAP, or let fetched mail be deleted."
        )
    is_new = mailbox.checked_at is None and not mailbox.seen_uidls
    if is_new and not deletes:
        lease.advance(seen_uidls=sorted(names.values()))
    known = set(mailbox.seen_uidls) & set(names.values())
    sizes = pop3.sizes_of(client)
    if deletes:
        for number in (number for number, name in names.items() if name in known):
            if sizes.get(number, 0) <= settings.MAIL_MAX_BYTES:
                client.dele(number)  # stored, but the visit ended before it was deleted
    fresh = [number for number, name in names.items() if name not in known]
    for batch in _batches(fresh, sizes):
        if stop.is_set():
            return
        fetched = [_fetch(client, number, names[number], sizes.get(number, 0)) for number in batch]
        store(mailbox, fetched)
        known |= {message.uid for message in fetched}
        lease.advance(seen_uidls=sorted(known), fetched_at=clock.now())
        if deletes:
            for number, message in zip(batch, fetched, strict=True):
                if not message.is_too_large:
                    client.dele(number)
    if set(mailbox.seen_uidls) != known:
        lease.advance(seen_uidls=sorted(known))


def _fetch(client: pop3.Connection, number: int, name: str, size: int) -> Fetched:
    """A message, or only its header when it is too large; it is then never deleted."""
    if size <= settings.MAIL_MAX_BYTES:
        return Fetched(name, pop3.message(client, number), size)
    try:
        header = pop3.headers(client, number)
    except poplib.error_proto:  # TOP is optional: what is left is that there is such a message
        header = f"X-UIDL: {name}\r\n\r\n".encode()
    return Fetched(name, header, size, is_too_large=True)


def _batches(numbers: list[int], sizes: dict[int, int]) -> Iterator[list[int]]:
    batch: list[int] = []
    weight = 0
    for number in sorted(numbers):
        size = sizes.get(number, 0)
        if batch and (len(batch) >= BATCH or weight + size > BATCH_BYTES):
            yield batch
            batch, weight = [], 0
        batch.append(number)
        weight += 0 if size > settings.MAIL_MAX_BYTES else size
    if batch:
        yield batch


def _short(uidl: str) -> str:
    return hashlib.sha256(uidl.encode()).hexdigest()[:16]

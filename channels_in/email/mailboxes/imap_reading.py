"""Reading an IMAP folder: nothing is lost, nothing is doubled, whenever we are interrupted.

Batch by batch, in the order of UIDs: fetch, commit here, act on the server, note the position.
A crash between any two of these fetches a batch again, which is recognised by its bytes.
"""

from __future__ import annotations

import imaplib
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from imapclient import DELETED, SEEN, IMAPClient
from imapclient.exceptions import IMAPClientError

from channels_in.actions.fetching import Lease
from channels_in.email.mailboxes import imap
from channels_in.email.mailboxes.errors import MailboxError, server_words
from channels_in.email.mailboxes.storing import Fetched, store
from channels_in.models import Mailbox
from core import clock

LOOKED_AT = 200  # messages whose size and flags are asked for at once
BATCH = 50
BATCH_BYTES = 4 * 1024 * 1024
MARGIN = timedelta(days=2)  # SINCE compares dates without time and zone (RFC 3501 §6.4.4)
_one_heavy = threading.Lock()  # of many mailboxes one at a time holds a large message in memory

Afterwards = Mailbox.Afterwards


@dataclass(frozen=True, slots=True)
class _Found:
    uid: int
    size: int

    @property
    def is_too_large(self) -> bool:
        return self.size > settings.MAIL_MAX_BYTES


def open_for_reading(client: IMAPClient, mailbox: Mailbox) -> dict[bytes, Any]:
    """Select the folder, only to read when nothing is changed on the server."""
    if mailbox.afterwards == Afterwards.MOVE and mailbox.move_to not in imap.folders_of(client):
        client.create_folder(mailbox.move_to)
    return imap.open_folder(client, mailbox, readonly=mailbox.afterwards == Afterwards.LEAVE)


def read_folder(
    client: IMAPClient, lease: Lease, opened: dict[bytes, Any], stop: threading.Event
) -> None:
    """Fetch all that is new in the selected folder. Raises MailboxError, LeaseLost."""
    mailbox = lease.mailbox
    validity = int(opened.get(b"UIDVALIDITY", 0))
    if mailbox.uid_validity != validity:
        uids, position = _first_look(client, mailbox, opened)
        _read(client, lease, uids, stop, keeps_position=False)
        if not stop.is_set():
            lease.advance(uid_validity=validity, last_uid=position)
    looked_up_to = mailbox.last_uid
    while not stop.is_set():
        imap.has_news(client)
        uids = _after(client, looked_up_to)
        if not (uids or imap.has_news(client)):
            return
        _read(client, lease, uids, stop, keeps_position=True)
        looked_up_to = max([looked_up_to, *uids])


def _first_look(
    client: IMAPClient, mailbox: Mailbox, opened: dict[bytes, Any]
) -> tuple[list[int], int]:
    """What to fetch of a folder that is new to us, or numbered anew, and the position after it.

    New: all that is unread when fetched mail is marked; all when it is moved or deleted; nothing
    when it is left, because then it would be somebody's whole archive. Numbered anew: what came
    since the latest good visit as well, whether it was fetched or not. The position is noted only
    at the end; until then an interrupted reading begins again.
    """
    everything = sorted(client.search("UNDELETED"))
    position = max(int(opened.get(b"UIDNEXT", 0)) - 1, *everything, 0)
    if mailbox.afterwards in (Afterwards.MOVE, Afterwards.DELETE):
        return everything, position
    wanted: set[int] = set()
    if mailbox.afterwards == Afterwards.SEEN:
        wanted |= set(client.search("UNSEEN UNDELETED"))
    if mailbox.uid_validity is not None:
        day = (mailbox.checked_at or clock.now()) - MARGIN
        wanted |= set(client.search(["UNDELETED", "SINCE", day.date()]))
    return sorted(uid for uid in wanted if uid <= position), position


def _after(client: IMAPClient, last_uid: int) -> list[int]:
    # `n:*` always holds the last message, even when its number is below n (RFC 3501 §6.4.8).
    return sorted(uid for uid in client.search(f"UID {last_uid + 1}:*") if uid > last_uid)


def _read(
    client: IMAPClient,
    lease: Lease,
    uids: Sequence[int],
    stop: threading.Event,
    *,
    keeps_position: bool,
) -> None:
    for batch in _batches(client, uids):
        if stop.is_set():
            return
        fetched = _fetch(client, batch)
        if fetched:
            store(lease.mailbox, fetched)
            lease.renew()  # whoever has lost the mailbox changes nothing on the server
            _act(client, lease.mailbox, fetched)
        progress: dict[str, Any] = {"last_uid": batch[-1].uid} if keeps_position else {}
        if fetched:
            progress["fetched_at"] = clock.now()
        lease.advance(**progress)


def _batches(client: IMAPClient, uids: Sequence[int]) -> Iterator[list[_Found]]:
    """Messages in order, few enough and small enough to be held in memory; a large one alone."""
    batch: list[_Found] = []
    weight = 0
    for start in range(0, len(uids), LOOKED_AT):
        for found in _look_at(client, uids[start : start + LOOKED_AT]):
            if batch and (len(batch) >= BATCH or weight + found.size > BATCH_BYTES):
                yield batch
                batch, weight = [], 0
            batch.append(found)
            weight += 0 if found.is_too_large else found.size
    if batch:
        yield batch


def _look_at(client: IMAPClient, uids: Sequence[int]) -> list[_Found]:
    answers = client.fetch(uids, ["RFC822.SIZE", "FLAGS"])
    return [
        _Found(uid, int(answers[uid].get(b"RFC822.SIZE", 0)))
        for uid in uids
        if uid in answers and DELETED not in answers[uid].get(b"FLAGS", ())
    ]


def _fetch(client: IMAPClient, batch: Sequence[_Found]) -> list[Fetched]:
    """The messages of a batch that are still there."""
    if sum(found.size for found in batch if not found.is_too_large) <= BATCH_BYTES:
        return _fetch_now(client, batch)
    with _one_heavy:
        return _fetch_now(client, batch)


def _fetch_now(client: IMAPClient, batch: Sequence[_Found]) -> list[Fetched]:
    whole = [found for found in batch if not found.is_too_large]
    bodies = _bodies(client, [found.uid for found in whole], b"BODY[]")
    too_large = [found.uid for found in batch if found.is_too_large]
    bodies |= _bodies(client, too_large, b"BODY[HEADER]")
    return [
        Fetched(str(found.uid), bodies[found.uid], found.size, found.is_too_large)
        for found in batch
        if found.uid in bodies
    ]


def _bodies(client: IMAPClient, uids: Sequence[int], part: bytes) -> dict[int, bytes]:
    """The bytes of each message that the server still has; nothing is marked as read by this."""
    if not uids:
        return {}
    wanted = part.decode().replace("BODY[", "BODY.PEEK[")
    try:
        answers = client.fetch(uids, [wanted])
    except imaplib.IMAP4.abort:
        raise
    except IMAPClientError as error:
        # Somebody deleted one of them meanwhile (RFC 2180 §4.1): ask for each alone.
        if len(uids) > 1:
            return {k: v for uid in uids for k, v in _bodies(client, [uid], part).items()}
        if _is_gone(client, uids[0]):
            return {}
        raise MailboxError(
            f"The server does not hand out a message{server_words(error)}"
        ) from error
    bodies = {uid: answer[part] for uid, answer in answers.items() if answer.get(part)}
    for uid in uids:
        if uid not in bodies and not _is_gone(client, uid):
            raise MailboxError("The server hands out a message without its content.")
    return bodies


def _is_gone(client: IMAPClient, uid: int) -> bool:
    client.noop()  # only now may the server tell that messages are gone (RFC 3501 §7.4.1)
    return uid not in client.search(f"UID {uid}")


def _act(client: IMAPClient, mailbox: Mailbox, fetched: Sequence[Fetched]) -> None:
    """Do with stored messages what the mailbox asks for.

    What was too large to fetch is still only there: it is never deleted.
    """
    uids = [int(message.uid) for message in fetched]
    if mailbox.afterwards == Afterwards.SEEN:
        client.add_flags(uids, [SEEN], silent=True)
    elif mailbox.afterwards == Afterwards.MOVE:
        _move(client, uids, mailbox.move_to)
    elif mailbox.afterwards == Afterwards.DELETE:
        _delete(client, [int(m.uid) for m in fetched if not m.is_too_large])


def _move(client: IMAPClient, uids: Sequence[int], folder: str) -> None:
    if client.has_capability("MOVE"):
        client.move(uids, folder)
        return
    client.copy(uids, folder)
    _delete(client, uids)


def _delete(client: IMAPClient, uids: Sequence[int]) -> None:
    """Delete exactly these. A plain EXPUNGE would also remove what others have marked, so without
    UIDPLUS (RFC 4315) the messages stay marked as deleted.
    """
    if not uids:
        return
    client.add_flags(uids, [DELETED], silent=True)
    if client.has_capability("UIDPLUS"):
        client.uid_expunge(uids)

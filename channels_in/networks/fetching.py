"""Files of messages out of the networks: one client an account, each file's end noted at once."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from mimetypes import guess_extension as guess
from typing import cast

from channels_in.actions.awaited_files import (
    claim_awaited_files,
    give_up_awaited_file,
    keep_awaited_file,
    put_off_awaited_file,
)
from channels_in.actions.connections import note_trouble
from channels_in.letters import kept_file
from channels_in.messages import IncomingAttachment, RemoteFile
from channels_in.models import AwaitedFile, Connection
from channels_in.networks.files import FetchesFiles, max_bytes
from channels_in.networks.network import NetworkError, RateLimited, Refused, TokenExpired
from channels_in.networks.opening import open_client
from channels_in.networks.registry import network_of
from core import clamav, clock
from core.crypto import CannotUnseal

BATCH = 12
BATCH_SECONDS = 90  # a lease must not run out while a slow network is waited for

_ENDINGS = {"audio/ogg": ".ogg", "image/webp": ".webp", "audio/mp4": ".m4a"}

logger = logging.getLogger(__name__)


def fetch_due_files() -> int:
    """Fetch one batch of files. Returns how many were taken up."""
    rows = claim_awaited_files(limit=BATCH)
    ends_at = time.monotonic() + BATCH_SECONDS
    for _, group in groupby(sorted(rows, key=lambda row: row.account_id), _account):
        _fetch_of_account(list(group), ends_at)
    return len(rows)


def _account(row: AwaitedFile) -> int:
    return row.account_id


def _fetch_of_account(rows: Sequence[AwaitedFile], ends_at: float) -> None:
    account = rows[0].account
    network, connection = network_of(account.channel), getattr(account, "connection", None)
    if network is None or connection is None or not account.is_active:
        for row in rows:
            give_up_awaited_file(row=row, error="The account is not connected any more.")
        return
    try:
        client = open_client(network, connection)
    except (NetworkError, CannotUnseal) as error:
        _wait(rows, connection, error)
        return
    with closing(client):
        for at, row in enumerate(rows):
            if time.monotonic() > ends_at:
                _later(rows[at:])
                return
            try:
                _fetch(cast(FetchesFiles, client), row)
            except (RateLimited, TokenExpired) as error:
                _wait(rows[at:], connection, error)
                return


def _fetch(client: FetchesFiles, row: AwaitedFile) -> None:
    """Raises what concerns the whole account."""
    log = {"file": row.pk, "ticket": row.comment.ticket_id}
    try:
        file = client.fetch(RemoteFile(row.reference, row.filename, row.content_type))
        if file.size > max_bytes():
            raise Refused("The file is larger than files may be here.")
        if virus := clamav.scan(file.content):
            raise Refused(f"The file carries a virus ({virus}).")
    except (RateLimited, TokenExpired):
        raise
    except Refused as error:
        give_up_awaited_file(row=row, error=str(error))
        logger.warning("awaited_file.refused", extra={**log, "why": str(error)})
    except clamav.TooLargeToScan as error:
        give_up_awaited_file(row=row, error=str(error))
    except (NetworkError, clamav.ScannerAway) as error:
        put_off_awaited_file(row=row, error=str(error))
        logger.info("awaited_file.put_off", extra={**log, "why": str(error)})
    except Exception as error:  # a client's own mistake must not stop the others
        put_off_awaited_file(row=row, error=f"{type(error).__name__}: {error}")
        logger.exception("awaited_file.broke", extra=log)
    else:
        keep_awaited_file(row=row, file=kept_file(_named(file)))


def _named(file: IncomingAttachment) -> IncomingAttachment:
    """With an ending that fits the type: many networks send files without a name."""
    has_ending = "." in file.filename.rpartition("/")[2].strip(".")
    ending = "" if has_ending else _ENDINGS.get(file.content_type) or guess(file.content_type)
    return replace(file, filename=f"{file.filename}{ending or ''}")


def _wait(rows: Sequence[AwaitedFile], connection: Connection, error: Exception) -> None:
    until = note_trouble(
        connection=connection, error=str(error),
        needs_sign_in=isinstance(error, TokenExpired | CannotUnseal),
        retry_after=error.retry_after if isinstance(error, RateLimited) else None,
    )  # fmt: skip
    for row in rows:
        put_off_awaited_file(row=row, error=str(error), until=until)


def _later(rows: Sequence[AwaitedFile]) -> None:
    for row in rows:
        put_off_awaited_file(row=row, error="", until=clock.now() + timedelta(seconds=1))

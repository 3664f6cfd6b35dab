"""Names that only one transaction holds at a time, across all processes (PostgreSQL's advisory
locks).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.db import OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected, LockNotAvailable


def hold(names: Iterable[str]) -> None:
    """Wait for all names and hold them until the transaction ends.

    Taken in one order by everybody, so that two holders never wait for each other.
    """
    keys = sorted({_key(name) for name in names})
    if not keys:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) AS key", [keys])


def hold_soon(names: Iterable[str], *, patience: int) -> bool:
    """The same, but give up after `patience` milliseconds, holding none of them. Returns whether.

    For those who hold other locks already: nobody waits for long, so nobody waits in a circle.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('lock_timeout')")
            (before,) = cursor.fetchone()
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{patience}ms"])
            hold(names)
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [before])
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable | DeadlockDetected):
            return False
        raise
    return True


def _key(name: str) -> int:
    digest = hashlib.blake2b(name.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)

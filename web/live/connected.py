"""Who is connected at all, on whatever page: one sorted set in Valkey whose entries fade.

A page says every 20 seconds that it is there; browsers slow a hidden page down to once a minute.
The score is the second until which a person counts.
"""

from __future__ import annotations

import time
from typing import Any

import redis

from web.live.presence import client, warn

TTL = 150  # seconds
_KEY = "connected"
_WATCHED = "connected:watched"


def note(user_id: int) -> bool:
    """Note or renew that a person is connected. Returns whether they were not before."""
    now = time.time()
    try:
        with client().pipeline(transaction=False) as pipe:
            pipe.zremrangebyscore(_KEY, "-inf", now)
            pipe.zadd(_KEY, {str(user_id): now + TTL})
            _, added = pipe.execute()
    except (redis.RedisError, OSError) as error:
        warn(error)
        return False
    return bool(added)


def connected() -> frozenset[int] | None:
    """Ids of all who are connected; None when that is not known."""
    try:
        rows: Any = client().zrangebyscore(_KEY, time.time(), "+inf")
    except (redis.RedisError, OSError) as error:
        warn(error)
        return None
    return frozenset(int(row) for row in rows)


def watched_for(pause: int) -> float:
    """For how many seconds `connected` has been asked without a gap longer than `pause` seconds.

    A gap begins anew: while nobody looked, or Valkey was away, people could not say that they are
    there.
    """
    now = time.time()
    try:
        with client().pipeline(transaction=False) as pipe:
            pipe.set(_WATCHED, now, nx=True)
            pipe.expire(_WATCHED, pause)
            pipe.get(_WATCHED)
            since = float(pipe.execute()[2])
    except (redis.RedisError, OSError) as error:
        warn(error)
        return 0.0
    return now - since

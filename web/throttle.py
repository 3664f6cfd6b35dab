"""A brake on guessing passwords: failures are counted by address and by IP, 15 minutes long.

Counters lie in Valkey. When it is away people can still sign in, and the log says so.
"""

from __future__ import annotations

import hashlib
import logging

from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

WINDOW = 15 * 60  # seconds
# From one IP on one address, from one IP at all, on one address from everywhere. The last is wide:
# a narrow one would let a stranger lock somebody out.
LIMITS = {"pair": 10, "ip": 50, "address": 100}


def is_exhausted(request: HttpRequest, email: str) -> bool:
    """Whether no further attempt is allowed for now."""
    keys = _keys(request, email)
    try:
        counts = cache.get_many(keys.values())
    except (RedisError, OSError) as error:
        logger.warning("sign_in.unthrottled", extra={"why": type(error).__name__})
        return False
    return any(counts.get(key, 0) >= LIMITS[name] for name, key in keys.items())


def count_failure(request: HttpRequest, email: str) -> None:
    """Note one wrong password."""
    try:
        for key in _keys(request, email).values():
            cache.add(key, 0, WINDOW)
            cache.incr(key)
    except ValueError:
        return  # the window ended between the two calls
    except (RedisError, OSError) as error:
        logger.warning("sign_in.unthrottled", extra={"why": type(error).__name__})


def _keys(request: HttpRequest, email: str) -> dict[str, str]:
    ip = request.META.get("REMOTE_ADDR", "")  # never a header that a client can write (attack 41)
    parts = {"pair": f"{email}|{ip}", "ip": ip, "address": email}
    return {
        name: f"sign-in:{name}:{hashlib.sha256(value.encode()).hexdigest()[:32]}"
        for name, value in parts.items()
    }

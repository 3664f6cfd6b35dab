"""How often something may be done in a while: counters in Valkey, away when Valkey is."""

from __future__ import annotations

import hashlib
import logging

from django.core.cache import cache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def take(what: str, who: str, *, limit: int, seconds: int) -> bool:
    """Count one more `what` of `who`; False once there were more than `limit` in the window.

    The window begins with the first. Without Valkey everything is allowed, and the log says so.
    """
    key = f"limit:{what}:{hashlib.sha256(who.encode()).hexdigest()[:32]}"
    try:
        cache.add(key, 0, seconds)
        return cache.incr(key) <= limit
    except ValueError:
        return True  # the window ended between the two calls
    except (RedisError, OSError) as error:
        logger.warning("limit.unchecked", extra={"what": what, "why": type(error).__name__})
        return True

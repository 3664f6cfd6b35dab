"""How many requests a token may make in a minute, counted in the cache.

A lost cache lets everybody through: a help desk that answers is worth more than an exact limit.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass

import redis
from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

logger = logging.getLogger(__name__)

WINDOW = 60  # seconds


@dataclass(frozen=True, slots=True)
class Rate:
    """What is left of a token's minute; `resets_in` in seconds."""

    limit: int
    used: int
    resets_in: int

    @property
    def remaining(self) -> int:
        return max(0, self.limit - self.used)

    def headers(self) -> dict[str, str]:
        return {
            "X-Rate-Limit": str(self.limit),
            "X-Rate-Limit-Remaining": str(self.remaining),
            "ratelimit-limit": str(self.limit),
            "ratelimit-remaining": str(self.remaining),
            "ratelimit-reset": str(self.resets_in),
        }


class TokenThrottle(BaseThrottle):
    """API_REQUESTS_PER_MINUTE for each token; 0 means no limit."""

    rate: Rate | None = None

    def allow_request(self, request: Request, view: APIView) -> bool:
        limit = settings.API_REQUESTS_PER_MINUTE
        if not limit:
            return True
        self.rate = _count(request.auth.pk, limit)
        request._request.rate = self.rate  # type: ignore[attr-defined]
        return self.rate is None or self.rate.used <= self.rate.limit

    def wait(self) -> float | None:
        return float(self.rate.resets_in) if self.rate else None


def _count(token_id: int, limit: int) -> Rate | None:
    window, gone = divmod(int(time.time()), WINDOW)
    key = f"api-rate:{token_id}:{window}"
    try:
        cache.add(key, 0, timeout=2 * WINDOW)
        used = cache.incr(key)
    except (redis.RedisError, OSError, ValueError) as error:
        logger.warning("api.rate_unknown", extra={"why": type(error).__name__})
        return None
    return Rate(limit=limit, used=used, resets_in=WINDOW - gone)

"""Which visitors have the widget open right now: entries in Valkey that fade."""

from __future__ import annotations

import logging
from functools import cache

import redis
from django.conf import settings

logger = logging.getLogger(__name__)

TTL = 75  # seconds; an open page says every 25 that it is there


def note_here(visitor_key: str) -> None:
    """Note or renew that a visitor's page is connected."""
    try:
        _client().set(_name(visitor_key), 1, ex=TTL)
    except (redis.RedisError, OSError) as error:
        _warn(error)


def note_gone(visitor_key: str) -> None:
    """Their last connection of this process has ended; another page renews it."""
    try:
        _client().expire(_name(visitor_key), 5)
    except (redis.RedisError, OSError) as error:
        _warn(error)


def is_here(visitor_key: str) -> bool:
    """Whether a page of the visitor's is connected; not, when that is not known."""
    try:
        return bool(_client().exists(_name(visitor_key)))
    except (redis.RedisError, OSError) as error:
        _warn(error)
        return False


def here_among(visitor_keys: list[str]) -> set[str]:
    """Those of the visitors whose page is connected."""
    if not visitor_keys:
        return set()
    try:
        found = _client().mget([_name(key) for key in visitor_keys])
    except (redis.RedisError, OSError) as error:
        _warn(error)
        return set()
    return {key for key, value in zip(visitor_keys, found, strict=True) if value}


def _name(visitor_key: str) -> str:
    return f"visitor:{visitor_key}"


def _warn(error: Exception) -> None:
    logger.warning("visitors.unknown", extra={"why": type(error).__name__})


@cache
def _client() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=1)

"""Who looks at a ticket, and who types there: sorted sets in Valkey whose entries fade.

A member is `user:socket`, its score the second until which it counts. A browser that vanishes
without a word is gone after TTL. Without Valkey nobody is seen, and nothing else suffers.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

import redis
from django.conf import settings

logger = logging.getLogger(__name__)

TTL = 45  # seconds; a page says that it is there every 20
TYPING_TTL = 6


@dataclass(frozen=True, slots=True)
class Present:
    """Ids of the people at a ticket."""

    viewing: frozenset[int]
    typing: frozenset[int]


NOBODY = Present(frozenset(), frozenset())


def enter(ticket_id: int, member: str) -> bool:
    """Note or renew that somebody is there. Returns whether they were not there before."""
    return _note(f"presence:{ticket_id}", member, TTL)


def types(ticket_id: int, member: str) -> bool:
    """Note that somebody is typing. Returns whether they were not before."""
    return _note(f"typing:{ticket_id}", member, TYPING_TTL)


def leave(ticket_id: int, member: str) -> None:
    try:
        with client().pipeline(transaction=False) as pipe:
            pipe.zrem(f"presence:{ticket_id}", member)
            pipe.zrem(f"typing:{ticket_id}", member)
            pipe.execute()
    except (redis.RedisError, OSError) as error:
        warn(error)


def present_at(ticket_id: int) -> Present:
    """Who is at a ticket now."""
    return present_at_many([ticket_id]).get(ticket_id, NOBODY)


def present_at_many(ticket_ids: Collection[int]) -> dict[int, Present]:
    """Who is at each of these tickets now, in one question; those where nobody is are left out."""
    ids, now = list(ticket_ids), time.time()
    if not ids:
        return {}
    try:
        with client().pipeline(transaction=False) as pipe:
            for pk in ids:
                pipe.zrangebyscore(f"presence:{pk}", now, "+inf")
                pipe.zrangebyscore(f"typing:{pk}", now, "+inf")
            answers = iter(pipe.execute())
    except (redis.RedisError, OSError) as error:
        warn(error)
        return {}
    found = {
        pk: Present(frozenset(map(_user_of, viewing)), frozenset(map(_user_of, typing)))
        for pk, viewing, typing in zip(ids, answers, answers, strict=True)
    }
    return {pk: present for pk, present in found.items() if present != NOBODY}


def member(user_id: int, socket: str) -> str:
    return f"{user_id}:{socket}"


def _user_of(entry: bytes) -> int:
    return int(entry.split(b":", 1)[0])


def _note(key: str, entry: str, ttl: int) -> bool:
    now = time.time()
    try:
        with client().pipeline(transaction=False) as pipe:
            pipe.zremrangebyscore(key, "-inf", now)
            pipe.zadd(key, {entry: now + ttl})
            pipe.expire(key, ttl)
            _, added, _ = pipe.execute()
    except (redis.RedisError, OSError) as error:
        warn(error)
        return False
    return bool(added)


def warn(error: Exception) -> None:
    """Say in the log that presence is not known just now."""
    logger.warning("presence.unknown", extra={"why": type(error).__name__})


@cache
def client() -> redis.Redis:
    """Valkey, with little patience: presence is worth no wait."""
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=0.5)

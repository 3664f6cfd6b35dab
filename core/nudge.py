"""Wake a worker for work that already lies in the database.

A nudge carries nothing and may be lost: the sweeps in `helpdesk/schedule.py` find what it missed.
So it never fails a request, and many nudges for one task that has not begun yet are one.
"""

from __future__ import annotations

import logging
from functools import cache

import redis
from celery import current_app
from django.conf import settings
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

_PENDING_MS = 3_000  # after this a nudge that was never taken no longer holds others back


def nudge(task_name: str) -> None:
    """Ask for one run of a task that takes no arguments, unless one is already waiting."""
    try:
        if _client().set(_key(task_name), 1, nx=True, px=_PENDING_MS):
            current_app.send_task(task_name)
    except (redis.RedisError, OperationalError, OSError) as error:
        logger.warning("nudge.lost", extra={"task": task_name, "why": type(error).__name__})


def take(task_name: str) -> None:
    """Say at the start of a task that later nudges need a run of their own."""
    try:
        _client().delete(_key(task_name))
    except (redis.RedisError, OSError):
        return  # the key goes by itself


def _key(task_name: str) -> str:
    return f"nudge:{task_name}"


@cache
def _client() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=1)

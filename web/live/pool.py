"""Work with the database for websockets, several at a time: one thread for all would be a queue."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import ParamSpec, TypeVar

from channels.db import DatabaseSyncToAsync
from django.conf import settings

P = ParamSpec("P")
T = TypeVar("T")


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(settings.LIVE_THREADS, thread_name_prefix="live")


async def in_pool(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run it in a thread of its own kind; the connection goes back into its pool afterwards."""
    run = DatabaseSyncToAsync(function, thread_sensitive=False, executor=_pool())
    result: T = await run(*args, **kwargs)
    return result

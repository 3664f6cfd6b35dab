"""Work in threads of its own, each with its own connection, as other processes do it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

Result = TypeVar("Result")


def at_once(*works: Callable[[], Result]) -> list[Result]:
    """Do all at the same time; what each returned. Raises what the first of them raised."""

    def run(work: Callable[[], Result]) -> Result:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as workers:
        return list(workers.map(run, works, timeout=120))


def apart(work: Callable[[], Result]) -> Result:
    """Do it in another thread, and wait: where Playwright's loop runs Django allows no queries."""
    return at_once(work)[0]

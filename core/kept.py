"""What hardly ever changes and every page reads, kept for some seconds by each process."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from django.conf import settings

T = TypeVar("T")


class Kept(Generic[T]):
    """The answer of a function without arguments, for settings.KEPT_SECONDS.

    Whoever changes what it reads calls `forget`, so that this process sees it at once; others
    within those seconds. Callers must not change what they get. In tests nothing is kept.
    """

    def __init__(self, read: Callable[[], T]) -> None:
        self._read, self._lock = read, Lock()
        self._value: tuple[float, T] | None = None

    def __call__(self) -> T:
        value = self._value
        if value and value[0] > time.monotonic():
            return value[1]
        with self._lock:  # one reads, the others wait for it
            value = self._value
            if value and value[0] > time.monotonic():
                return value[1]
            answer = self._read()
            if settings.KEPT_SECONDS:
                self._value = (time.monotonic() + settings.KEPT_SECONDS, answer)
            return answer

    def forget(self) -> None:
        self._value = None

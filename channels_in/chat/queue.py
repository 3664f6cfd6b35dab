"""The queue as visitors see it: their place in it, and how long it is likely to take.

The wait comes from the last hour: how long those waited who were taken, and how far apart agents
took them. Without three of them nothing is promised.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from datetime import timedelta

from channels_in.models import Chat, ChatState
from core import clock

WINDOW = timedelta(hours=1)
ENOUGH, LOOKED_AT, MOST = 3, 50, 5_000
FRESH_SECONDS = 1.0  # a queue is read that often by a process, however many wait in it
LONGEST = 3 * 3600  # beyond that no number is said


@dataclass(frozen=True, slots=True)
class Queue:
    """Chat ids in order, and seconds between two that are taken (None: not known)."""

    order: tuple[int, ...] = ()
    typical: float | None = None  # seconds that those waited who were taken
    pace: float | None = None  # seconds between two that agents took

    def place_of(self, chat_id: int) -> Place | None:
        """None for a chat that does not wait."""
        if chat_id not in self.order:
            return None
        ahead = self.order.index(chat_id)
        return Place(ahead, self.wait_for(ahead))

    def wait_for(self, ahead: int) -> int | None:
        """Seconds that one more is likely to wait with so many before them."""
        if self.typical is None or self.pace is None:
            return None
        seconds = max(self.typical, (ahead + 1) * self.pace)
        return round(seconds) if seconds <= LONGEST else None


@dataclass(frozen=True, slots=True)
class Place:
    ahead: int
    seconds: int | None


_kept: dict[int, tuple[float, Queue]] = {}


def queue_of(account_id: int) -> Queue:
    """The queue of a widget, read anew after FRESH_SECONDS."""
    kept = _kept.get(account_id)
    if kept is None or time.monotonic() - kept[0] > FRESH_SECONDS:
        return _read_anew(account_id)
    return kept[1]


def place_in(account_id: int, chat_id: int) -> Place | None:
    """The place of a chat that waits; one that has just begun is not in what was kept before."""
    queue = queue_of(account_id)
    if chat_id not in queue.order and len(queue.order) < MOST:
        queue = _read_anew(account_id)
    return queue.place_of(chat_id)


def _read_anew(account_id: int) -> Queue:
    kept = (time.monotonic(), read_queue(account_id))
    _kept[account_id] = kept
    return kept[1]


def read_queue(account_id: int) -> Queue:
    """Two queries."""
    waiting = Chat.objects.filter(account_id=account_id, state__in=ChatState.queued())
    order = tuple(waiting.order_by("queued_at", "id").values_list("id", flat=True)[:MOST])
    now = clock.now()
    rows = list(
        Chat.objects.filter(account_id=account_id, accepted_at__gt=now - WINDOW)
        .order_by("-accepted_at")
        .values_list("queued_at", "accepted_at")[:LOOKED_AT]
    )
    taken = [(queued, accepted) for queued, accepted in rows if accepted and accepted >= queued]
    if len(taken) < ENOUGH:
        return Queue(order)
    waits = [(accepted - queued).total_seconds() for queued, accepted in taken]
    busy = (taken[0][1] - taken[-1][1]).total_seconds()
    return Queue(order, statistics.median(waits), busy / (len(taken) - 1))


def forget_queues() -> None:
    """Drop what was kept (tests)."""
    _kept.clear()

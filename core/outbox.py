"""The transactional outbox: `post` inside a transaction, `drain` after it (architecture.md, step
3–4).

Subscribers are functions named in settings.OUTBOX_SUBSCRIBERS; they get the waiting messages of one
topic as a list, oldest first, at least once. One that fails is asked again later, with back-off.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from core import clock
from core.bulk import update_columns
from core.models import OutboxMessage
from core.nudge import nudge

logger = logging.getLogger(__name__)

BATCH = 200
TURN = 20  # batches, so that a long backlog stays within the task's time limit
DRAIN_TASK = "core.tasks.drain_outbox"


@dataclass(frozen=True, slots=True)
class Message:
    """One outbox message as subscribers see it."""

    topic: str
    payload: dict[str, Any]


@dataclass(slots=True)
class _Haste:
    topics: frozenset[str]
    ids: list[int]


_haste: ContextVar[_Haste | None] = ContextVar("outbox_haste", default=None)


@contextmanager
def at_once(*topics: str) -> Iterator[None]:
    """What is posted of these topics is handed over here, right after its commit, not by a worker.

    For words that somebody waits for: a worker's turn costs more than the handing over. Begin it
    outside any transaction. Should this process die, the sweep finds what is left; should a
    subscriber fail, it is asked again like any other.
    """
    haste = _Haste(frozenset(topics), [])
    token = _haste.set(haste)
    try:
        yield
    finally:
        _haste.reset(token)
        if haste.ids:
            _hand_over_now(haste.ids)


def _hand_over_now(ids: Collection[int]) -> None:
    try:
        _drain_batch(ids)
    except Exception:
        logger.exception("outbox.not_at_once", extra={"messages": len(ids)})
        nudge(DRAIN_TASK)


def post(topic: str, payload: dict[str, Any], *, available_at: datetime | None = None) -> None:
    """Write a message down in the present transaction and wake a worker once it commits.

    One for later is handed over by the first sweep after `available_at`.
    """
    now = clock.now()
    message = OutboxMessage.objects.create(
        topic=topic, payload=payload, created_at=now, available_at=available_at or now
    )
    haste = _haste.get()
    if available_at is not None:
        return
    if haste is not None and topic in haste.topics:
        transaction.on_commit(lambda: haste.ids.append(message.pk))
    else:
        transaction.on_commit(lambda: nudge(DRAIN_TASK))


def drain() -> int:
    """Hand due messages to their subscribers, at most TURN batches. Returns how many."""
    handed = 0
    for _ in range(TURN):
        batch = _drain_batch()
        if not batch:
            break
        handed += batch
    return handed


@transaction.atomic
def _drain_batch(ids: Collection[int] | None = None) -> int:
    due = OutboxMessage.objects.filter(available_at__lte=clock.now())
    rows = list(
        (due if ids is None else due.filter(pk__in=ids))
        .order_by("available_at", "id")
        .select_for_update(skip_locked=True)[:BATCH]
    )
    for topic, group in groupby(
        sorted(rows, key=lambda row: (row.topic, row.id)), lambda r: r.topic
    ):
        _hand_over(topic, list(group))
    return len(rows)


def _hand_over(topic: str, rows: list[OutboxMessage]) -> None:
    messages = [Message(topic, row.payload) for row in rows]
    try:
        with transaction.atomic():
            for name in settings.OUTBOX_SUBSCRIBERS.get(topic, []):
                import_string(name)(messages)
    except Exception as error:
        logger.exception("outbox.failed", extra={"topic": topic, "messages": len(rows)})
        _put_back(rows, error)
    else:
        OutboxMessage.objects.filter(id__in=[row.id for row in rows]).delete()


def _put_back(rows: list[OutboxMessage], error: Exception) -> None:
    for row in rows:
        row.attempts += 1
        row.error = f"{type(error).__name__}: {error}"[:500]
        row.available_at = clock.now() + timedelta(seconds=min(2**row.attempts, 3600))
    update_columns(rows, ["attempts", "error", "available_at"])

"""From stored bytes to tickets: parse, screen, match, write (architecture.md, "The way in").

Items are taken in batches, because a batch of new tickets costs little more than one. A batch is
one transaction that holds the items' locks: a worker that dies lets go of them, and nothing was
written. When a batch fails, its items go through one by one, so that one bad message harms no
other.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta

from django.db import OperationalError, connection, transaction
from django.db.models import F
from psycopg.errors import DeadlockDetected

from channels_in import letterbox
from channels_in.adapters import Arrival, UnreadableMessage, adapter_for
from channels_in.handles import handle_of
from channels_in.messages import IncomingMessage
from channels_in.models import Fate, InboundItem
from channels_in.reasons import Reason
from channels_in.receive import raw_bytes
from core import clock
from core.bulk import update_columns

logger = logging.getLogger(__name__)

BATCH = 40
TURN = 50  # batches: some ten seconds of work
BATCH_BYTES = 8 * 1024 * 1024
MANY_ATTEMPTS = 3  # an item that may have killed its worker is taken alone
DUE = (Fate.PENDING, Fate.FAILED)


def process_due() -> int:
    """Process due items, at most TURN batches. Returns how many were given a fate.

    Bounded, because a backlog of an hour must not run into the task's time limit.
    """
    done = 0
    for _ in range(TURN):
        ids = _note_attempt()
        if not ids:
            break
        done += _process_batch(ids)
    return done


def process_items(ids: Sequence[int]) -> int:
    """Process these items now, whatever their turn. Returns how many were given a fate."""
    return _process_batch(list(ids))


@transaction.atomic
def _note_attempt() -> list[int]:
    """The next due items, each with one more attempt noted.

    The count is committed before the work begins: if a message kills the worker, it is remembered,
    and from the third time on that message travels alone.
    """
    due = InboundItem.objects.filter(fate__in=DUE, next_attempt_at__lte=clock.now())
    rows = list(
        due.order_by("next_attempt_at", "id")
        .select_for_update(skip_locked=True)
        .values_list("id", "attempts", "size")[:BATCH]
    )
    ids: list[int] = []
    weight = 0
    for pk, attempts, size in rows:
        if ids and (attempts >= MANY_ATTEMPTS or weight + size > BATCH_BYTES):
            break
        ids.append(pk)
        weight += size
        if attempts >= MANY_ATTEMPTS:
            break
    InboundItem.objects.filter(id__in=ids).update(attempts=F("attempts") + 1)
    return ids


def _process_batch(ids: list[int]) -> int:
    try:
        return _process_in_turn(ids)
    except Exception as error:
        if len(ids) == 1:
            logger.exception("inbound.failed", extra={"item": ids[0]})
            _put_off(ids[0], error)
            return 0
    logger.info("inbound.batch_split", extra={"items": len(ids)})
    return sum(_process_batch([pk]) for pk in ids)


def _process_in_turn(ids: list[int]) -> int:
    """A deadlock with another worker says nothing of the messages: the second try finds its end."""
    try:
        return _process(ids)
    except OperationalError as error:
        if not isinstance(error.__cause__, DeadlockDetected):
            raise
    return _process(ids)


@transaction.atomic
def _process(ids: list[int]) -> int:
    # The items themselves are safe on disk: if the server loses these last moments, they are
    # processed again. The next delivery claimed is a full commit and writes all of this as well.
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO off")
    items = list(
        InboundItem.objects.filter(id__in=ids, fate__in=DUE)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("account")
        .order_by("id")
    )
    arrivals = [arrival for item in items if (arrival := _understand(item))]
    for wave in _waves(arrivals):
        letterbox.deliver(wave)
    _save_fates(items)
    return len(items)


def _understand(item: InboundItem) -> Arrival | None:
    adapter = adapter_for(item.account.channel)
    try:
        message = adapter.parse(raw_bytes(item), item)
    except UnreadableMessage as error:
        letterbox.suspend(item, Reason.UNREADABLE, str(error))
        return None
    _describe(item, message)
    return Arrival(item, message)


def _describe(item: InboundItem, message: IncomingMessage) -> None:
    """Note what lists of items show, so that they need not parse anything."""
    handle = handle_of(message)
    item.sender = handle.value[:254] if handle else ""
    item.subject = message.subject[:998]
    item.preview = " ".join((message.reply_text or message.text)[:600].split())[:300]


def _waves(arrivals: Sequence[Arrival]) -> list[list[Arrival]]:
    """Split so that no wave holds two messages of one conversation: the later one of them finds
    what the earlier has written, whichever answers the other.
    """
    waves: list[list[Arrival]] = []
    wave: list[Arrival] = []
    seen: set[str] = set()
    for arrival in arrivals:
        message = arrival.message
        names = {*message.in_reply_to, *message.references, message.message_id or ""} - {""}
        if message.conversation:
            names.add(f"conversation:{message.conversation}")
        if not seen.isdisjoint(names):
            waves.append(wave)
            wave, seen = [], set()
        wave.append(arrival)
        seen |= names
    return [*waves, wave] if wave else waves


def _save_fates(items: Sequence[InboundItem]) -> None:
    now = clock.now()
    for item in items:
        item.processed_at = now
    update_columns(
        items,
        ["fate", "reason", "detail", "sender", "subject", "preview", "comment", "ticket",
         "processed_at"],
    )  # fmt: skip


def _put_off(item_id: int, error: Exception) -> None:
    """Keep a message that could not be processed, and try again later: 10 s, 20 s … up to an
    hour.
    """
    item = InboundItem.objects.get(pk=item_id)
    item.fate = Fate.FAILED
    item.detail = f"{type(error).__name__}: {error}"[:500]
    item.next_attempt_at = clock.now() + timedelta(seconds=min(5 * 2**item.attempts, 3600))
    item.save(update_fields=["fate", "detail", "next_attempt_at"])

"""Mail from files, Maildir and mbox through the same door as all other mail, several workers at
once.
"""

from __future__ import annotations

import logging
import mailbox
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from django.db import connection, connections

from core.garbage import keep_what_is_loaded

BATCH = 80
BATCH_BYTES = 8 * 1024 * 1024


@dataclass(slots=True)
class Tally:
    """What an import did. `known` were stored before and are not counted among the fates."""

    messages: int = 0
    known: int = 0
    seconds: float = 0.0
    fates: Counter[str] = field(default_factory=Counter)


def import_paths(
    paths: Sequence[Path], *, workers: int = 0, on_progress: Callable[[int], object]
) -> Tally:
    """Store every message below the paths and process it at once.

    Interrupted, it can simply be run again: stored messages are recognised, waiting ones processed.
    """
    tally = Tally()
    began = time.monotonic()
    # Forked, so that Django need not be loaded once a worker; nothing has used the database yet,
    # and no thread runs: the caller's progress bar must not refresh by itself.
    with ProcessPoolExecutor(
        max_workers=workers or os.cpu_count(), mp_context=get_context("fork"),
        initializer=_set_up,
    ) as pool:  # fmt: skip
        jobs = set()
        for batch in _batches(read_messages(paths)):
            jobs.add(pool.submit(import_batch, batch))
            while len(jobs) >= 8:  # bound the memory: read only what is being worked on
                done = next(as_completed(jobs))
                jobs.remove(done)
                _add(tally, *done.result(), on_progress)
        for done in as_completed(jobs):
            _add(tally, *done.result(), on_progress)
    tally.seconds = time.monotonic() - began
    return tally


def import_batch(messages: list[bytes]) -> tuple[int, int, dict[str, int]]:
    """Store and process one batch: (messages, of them known, fates of the new ones)."""
    from channels_in import funnel
    from channels_in.accounts import default_account
    from channels_in.models import InboundItem
    from channels_in.receive import IMPORT, RawMessage, digest_of, receive

    account = default_account()
    digests = {digest_of(raw) for raw in messages}
    mine = InboundItem.objects.filter(account=account, external_id__in=digests)
    known = set(mine.exclude(fate="pending").values_list("id", flat=True))
    receive([RawMessage(account, raw, {"via": IMPORT}) for raw in messages], wake=False)
    fresh = [pk for pk in mine.values_list("id", flat=True) if pk not in known]
    if fresh:
        funnel.process_items(fresh)
    fates = Counter(InboundItem.objects.filter(id__in=fresh).values_list("fate", flat=True))
    return len(messages), len(messages) - len(fresh), dict(fates)


def read_messages(paths: Iterable[Path]) -> Iterator[bytes]:
    """Every message below the paths, byte for byte."""
    for path in paths:
        if path.is_file():
            yield from _read_file(path)
        elif _is_maildir(path):
            for name in ("new", "cur"):
                for file in sorted((path / name).iterdir()):
                    if file.is_file():
                        yield file.read_bytes()
        else:
            yield from read_messages(sorted(path.iterdir()))


def count_messages(paths: Iterable[Path]) -> int:
    """How many messages there are, without reading single ones."""
    total = 0
    for path in paths:
        if path.is_file():
            total += len(mailbox.mbox(path)) if _is_mbox(path) else 1
        elif _is_maildir(path):
            total += sum(1 for name in ("new", "cur") for _ in (path / name).iterdir())
        else:
            total += count_messages(path.iterdir())
    return total


def _read_file(path: Path) -> Iterator[bytes]:
    if not _is_mbox(path):
        yield path.read_bytes()
        return
    box = mailbox.mbox(path, create=False)
    for key in box.iterkeys():
        yield box.get_bytes(key)


def _is_mbox(path: Path) -> bool:
    """Whether a file holds many messages: an mbox by name, or by a second `From ` line."""
    if path.suffix == ".mbox":
        return True
    if path.suffix == ".eml":
        return False
    with path.open("rb") as file:
        return file.read(5) == b"From "


def _is_maildir(path: Path) -> bool:
    return (path / "cur").is_dir() and (path / "new").is_dir()


def _batches(messages: Iterable[bytes]) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    weight = 0
    for message in messages:
        batch.append(message)
        weight += len(message)
        if len(batch) >= BATCH or weight > BATCH_BYTES:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def _set_up() -> None:
    """Begin a worker without any connection of the parent's, and without a log line a message."""
    logging.getLogger("channels_in").setLevel(logging.WARNING)
    connections.close_all()
    connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL only
    # A batch makes thousands of objects that live until its end: looking through them is vain.
    keep_what_is_loaded()


def _add(
    tally: Tally,
    messages: int,
    known: int,
    fates: dict[str, int],
    on_progress: Callable[[int], object],
) -> None:
    tally.messages += messages
    tally.known += known
    tally.fates.update(fates)
    on_progress(messages)

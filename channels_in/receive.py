"""The one way in: store raw messages, then, and only then, say that they were received."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction

from channels_in.models import ChannelAccount, InboundItem
from core import clock
from core.nudge import nudge
from core.storage import blobs

IMPORT = "import"  # envelope["via"] of old mail brought in from files: nobody is notified of it
INLINE_BYTES = 256 * 1024  # up to here the bytes lie in the row: receiving is one insert
OWN_TIME = timedelta(minutes=2)  # what a caller that processes by itself has before others may
PROCESS_TASK = "channels_in.tasks.process_inbound"


@dataclass(frozen=True, slots=True)
class RawMessage:
    """What a listener, poller or webhook got hold of.

    `external_id` is the network's own id of the message; without one the bytes' digest serves.
    """

    account: ChannelAccount
    raw: bytes
    envelope: dict[str, Any] = field(default_factory=dict)
    external_id: str = ""


def receive(
    messages: Sequence[RawMessage], *, wake: bool = True, own_time: timedelta = OWN_TIME
) -> None:
    """Commit the messages to the database and wake a worker.

    With `wake=False` the caller processes them itself; if it dies, the sweep does after `own_time`.

    When this returns they are safe; when it raises, none is and the sender has to try again.
    A message that was received before is recognised and not stored a second time.
    """
    now = clock.now()
    due_at = now if wake else now + own_time
    rows = []
    for message in messages:
        is_large = len(message.raw) > INLINE_BYTES
        rows.append(
            InboundItem(
                account=message.account,
                external_id=message.external_id or digest_of(message.raw),
                raw=None if is_large else message.raw,
                raw_key=blobs.keep(message.raw) if is_large else "",
                size=len(message.raw), envelope=message.envelope, received_at=now,
                next_attempt_at=due_at,
            )
        )  # fmt: skip
    with transaction.atomic():
        InboundItem.objects.bulk_create(rows, ignore_conflicts=True)
    if wake:
        nudge(PROCESS_TASK)


def digest_of(raw: bytes) -> str:
    """The external id of a message that has none of its network: SHA-256 of its bytes."""
    return hashlib.sha256(raw).hexdigest()


def raw_bytes(item: InboundItem) -> bytes:
    """The message exactly as it came."""
    return blobs.read(item.raw_key) if item.raw_key else bytes(item.raw or b"")

"""Who reads which mailbox, how far it was read, and how the latest visit went.

`Mailbox.next_check_at` is both the timetable and the lease: whoever claims a due mailbox moves it
into the future and alone knows the exact instant. Each write asks for that instant; when another
process, or a changed setting, has moved it, the holder has lost the lease and lets go. So no
connection to the database is held while a server is waited for, and a killed holder's lease ends by
itself.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from channels_in.email.mailboxes.errors import LeaseLost, MailboxError
from channels_in.email.mailboxes.resting import rest
from channels_in.models import Mailbox
from core import clock

LEASE = timedelta(seconds=30)
ONE_SOONER = 15.0  # seconds until the first repetition; doubled each time
AFTER_REFUSAL = 600.0
LONGEST = 1800.0
LONGEST_AFTER_REFUSAL = 4 * 3600.0


class Lease:
    """The right to read one mailbox, and the only way to note something on it meanwhile."""

    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox
        self.is_lost = False
        self.is_given_back = False
        self.held_until: datetime = mailbox.next_check_at
        self._lock = threading.Lock()  # the reading and the renewing thread

    def renew(self) -> None:
        """Keep the mailbox for another while. Raises LeaseLost, DatabaseError."""
        self._write(clock.now() + LEASE)

    def advance(self, **progress: Any) -> None:
        """Note how far the mailbox has been read. Raises LeaseLost, DatabaseError."""
        self._write(clock.now() + LEASE, **progress)

    def note_success(self) -> None:
        """The server was asked and all is well. Raises LeaseLost, DatabaseError."""
        self._write(clock.now() + LEASE, **_healthy())

    def end(self, *, again_in: float) -> None:
        """Give the mailbox back after a visit that went well; seconds until the next one."""
        self._write(clock.now() + timedelta(seconds=again_in), **_healthy())
        self.is_given_back = True

    def put_back(self, *, again_in: float) -> None:
        """Give the mailbox back without a word on how it went."""
        self._write(clock.now() + timedelta(seconds=again_in))
        self.is_given_back = True

    def fail(self, error: MailboxError) -> None:
        """Give the mailbox back, say why it cannot be read, and wait longer each time."""
        failures = self.mailbox.failures + 1
        self._write(
            clock.now() + timedelta(seconds=_wait(failures, is_refusal=error.is_refusal)),
            error=str(error)[:500], failures=failures, failed_at=clock.now(),
        )  # fmt: skip
        self.is_given_back = True

    def compare(self, held_until: datetime, found: datetime | None) -> None:
        """Learn what the row said (None: there is no such row to read) since `held_until`."""
        with self._lock:
            if found != held_until and self.held_until == held_until:
                self.is_lost = True

    def _write(self, until: datetime, **changes: Any) -> None:
        with self._lock:
            mine = Mailbox.objects.filter(
                pk=self.mailbox.pk, next_check_at=self.held_until, is_active=True
            )
            try:
                if self.is_lost or not mine.update(next_check_at=until, **changes):
                    self.is_lost = True
                    raise LeaseLost
            finally:
                rest()
            self.held_until = until
            for name, value in changes.items():
                setattr(self.mailbox, name, value)


def claim_mailboxes(*, limit: int, without: Collection[int] = ()) -> list[Lease]:
    """Take due mailboxes that nobody else reads, longest waiting first."""
    now = clock.now()
    due = Mailbox.objects.filter(
        is_active=True, account__is_active=True, next_check_at__lte=now
    ).exclude(pk__in=without)
    with transaction.atomic():
        mailboxes = list(
            due.order_by("next_check_at", "id")
            .select_for_update(skip_locked=True, of=("self",))
            .select_related("account", "grant")[:limit]
        )
        for mailbox in mailboxes:
            mailbox.next_check_at = now + LEASE
            mailbox.save(update_fields=["next_check_at"])
    return [Lease(mailbox) for mailbox in mailboxes]


def notice_lost(leases: Collection[Lease]) -> None:
    """Mark the leases whose mailbox was changed, switched off, removed or taken meanwhile."""
    held = [(lease, lease.held_until) for lease in leases]
    found = dict(
        Mailbox.objects.filter(
            pk__in=[lease.mailbox.pk for lease in leases],
            is_active=True, account__is_active=True,
        ).values_list("pk", "next_check_at")
    )  # fmt: skip
    for lease, held_until in held:
        lease.compare(held_until, found.get(lease.mailbox.pk))


def _healthy() -> dict[str, Any]:
    return {"checked_at": clock.now(), "error": "", "failures": 0, "failed_at": None}


def _wait(failures: int, *, is_refusal: bool) -> float:
    """Seconds until the next attempt. Refused logins wait longer: servers lock accounts."""
    first, longest = (AFTER_REFUSAL, LONGEST_AFTER_REFUSAL) if is_refusal else (ONE_SOONER, LONGEST)
    return min(first * 2 ** min(failures - 1, 20), longest) * random.uniform(0.8, 1.2)  # noqa: S311

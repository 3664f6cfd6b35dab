"""What a worker finds out about a route: it works, or nothing can leave by it for now."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from django.db import transaction

from channels_in.models import OutgoingServer
from core import clock

_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=1), timedelta(minutes=15)
# Many servers lock an account after a handful of wrong passwords.
_FIRST_PAUSE_REFUSED, _LONGEST_PAUSE_REFUSED = timedelta(minutes=5), timedelta(hours=1)
_NOTE_EVERY = timedelta(minutes=1)


@transaction.atomic
def pause_route(*, server_id: int, error: str, is_refusal: bool) -> datetime:
    """Show the error on the account and let nobody knock again before the returned instant."""
    server = OutgoingServer.objects.select_for_update().get(pk=server_id)
    server.failures += 1
    server.error, server.failed_at = error[:500], clock.now()
    first = _FIRST_PAUSE_REFUSED if is_refusal else _FIRST_PAUSE
    longest = _LONGEST_PAUSE_REFUSED if is_refusal else _LONGEST_PAUSE
    wait = min(first * 2 ** min(server.failures - 1, 10), longest)
    server.retry_at = clock.now() + wait * random.uniform(0.9, 1.1)  # noqa: S311  jitter
    server.save(update_fields=["failures", "error", "failed_at", "retry_at"])
    return server.retry_at


def note_route_works(*, server: OutgoingServer) -> None:
    """Take the error off the account. The time is noted once a minute, not with every mail."""
    now = clock.now()
    is_noted = server.sent_at is not None and now - server.sent_at < _NOTE_EVERY
    if is_noted and not server.failures:
        return
    OutgoingServer.objects.filter(pk=server.pk).update(
        error="", failures=0, retry_at=None, sent_at=now
    )
    server.sent_at, server.failures = now, 0

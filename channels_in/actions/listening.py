"""Networks that post to us need not be asked."""

from __future__ import annotations

from channels_in.models import Connection


def note_listening(*, connection: Connection) -> None:
    """The network knows our address: stop asking it for news."""
    Connection.objects.filter(pk=connection.pk).update(next_poll_at=None)
    connection.next_poll_at = None

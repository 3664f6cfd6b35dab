"""Accounts that a network posts for to one of our addresses, though they are not connected here."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from channels_in.models import Connection
from core import clock

if TYPE_CHECKING:
    from channels_in.networks.network import Addressee

MOST = 12  # that are kept of one connection
_KEPT = "strangers"  # in Connection.cursor
_NOTE_EVERY = timedelta(minutes=1)

logger = logging.getLogger(__name__)


def note_strangers(*, connection: Connection, strangers: Sequence[Addressee]) -> None:
    """Show whom else something came for; the time of each is noted once a minute."""
    now = clock.now()
    kept = connection.cursor.get(_KEPT, {})
    news = {
        f"{one.channel}:{one.key}"[:100]: {"name": one.name[:100], "at": now.isoformat()}
        for one in strangers
        if _is_news(kept.get(f"{one.channel}:{one.key}"[:100]), now)
    }
    if not news:
        return
    logger.warning("hook.not_connected", extra={"connection": connection.pk, "for": [*news]})
    with transaction.atomic():
        row = Connection.objects.select_for_update().get(pk=connection.pk)
        rows = {**row.cursor.get(_KEPT, {}), **news}
        latest = sorted(rows, key=lambda key: rows[key]["at"])[-MOST:]
        row.cursor = {**row.cursor, _KEPT: {key: rows[key] for key in latest}}
        row.save(update_fields=["cursor"])
        connection.cursor = row.cursor


def _is_news(known: dict[str, str] | None, now: datetime) -> bool:
    return known is None or now - datetime.fromisoformat(known["at"]) >= _NOTE_EVERY

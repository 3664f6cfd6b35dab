"""Which ticket the conversations on networks belong to, noted as they are heard and begun."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from channels_in.letters import Letter
from channels_in.models import ChannelThread
from core import clock


def note_heard_threads(letters: Sequence[Letter]) -> None:
    """Connect the conversation of each message with the ticket it is on now; one statement.

    A message that opened a ticket of its own takes its conversation along.
    """
    now = clock.now()
    rows: dict[tuple[int, str], ChannelThread] = {}
    for letter in letters:
        message, ticket_id = letter.message, letter.item.ticket_id
        if message.conversation and ticket_id:
            rows[letter.item.account_id, message.conversation] = ChannelThread(
                account_id=letter.item.account_id, key=message.conversation, ticket_id=ticket_id,
                person=letter.author if message.is_private else None,
                heard_at=now, created_at=now,
            )  # fmt: skip
    ChannelThread.objects.bulk_create(
        rows.values(), update_conflicts=True, unique_fields=["account", "key"],
        update_fields=["ticket", "person", "heard_at"],
    )  # fmt: skip


def note_begun_thread(
    *,
    account_id: int,
    key: str,
    ticket_id: int,
    person_id: int | None,
    heard_at: datetime | None = None,
) -> None:
    """Connect a conversation that we began, or go on with, with the ticket it is about.

    `heard_at`: when its customer last wrote, for who knows it from elsewhere.
    """
    values: dict[str, Any] = {"ticket_id": ticket_id, "person_id": person_id}
    if heard_at:
        values["heard_at"] = heard_at
    ChannelThread.objects.update_or_create(
        account_id=account_id, key=key[:255], defaults=values,
        create_defaults={**values, "created_at": clock.now()},
    )  # fmt: skip

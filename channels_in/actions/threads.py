"""Which ticket the conversations on networks belong to, noted as they are heard and begun."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from accounts.actions import add_identity
from accounts.actor import system_actor
from accounts.errors import AccountError
from accounts.models import Identity, User
from channels_in.letters import Letter
from channels_in.messages import Handle
from channels_in.models import ChannelAccount, ChannelThread
from core import clock

logger = logging.getLogger(__name__)


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


def note_answers_by(
    *, account: ChannelAccount, ticket_id: int, person: User, channel: str, handle: Handle
) -> None:
    """The network told as whom this person will answer, perhaps on another network of the same
    page: the answer belongs to this ticket, and they are one person.

    Somebody else who is known by that handle already stays who they are; the conversation is
    theirs all the same.
    """
    known = Identity.objects.filter(kind=handle.kind, value=handle.value).first()
    if known is None:
        actor = system_actor(account.name or account.address, channel=channel)
        try:
            add_identity(
                actor=actor, user=person, kind=handle.kind, value=handle.value, is_verified=True
            )
        except AccountError:
            logger.info("thread.person_not_joined", extra={"person": person.pk})
    same = ChannelAccount.objects.filter(channel=channel, address=account.address, is_active=True)
    if there := same.first():
        note_begun_thread(
            account_id=there.pk, key=handle.value, ticket_id=ticket_id,
            person_id=known.user_id if known else person.pk,
        )  # fmt: skip

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction

from accounts.actor import Actor
from api.errors import IdempotencyMismatch
from api.models import IdempotencyKey
from core import clock
from tickets.actions import create_ticket
from tickets.drafts import TicketDraft
from tickets.models import Ticket

LIFE = timedelta(hours=24)  # Zendesk keeps keys for two hours; a night's batch is repeated next day


@transaction.atomic
def create_ticket_once(
    *, actor: Actor, draft: Callable[[], TicketDraft], key: str, body: Any
) -> tuple[Ticket, bool]:
    """Create a ticket unless this person's key has made one. Returns it and whether it is new.

    Without a key the ticket is simply created. Raises IdempotencyMismatch for another body under a
    known key, and what create_ticket raises.
    """
    return _once(actor, key, body, lambda: create_ticket(actor=actor, draft=draft()))


@transaction.atomic
def update_ticket_once(
    *, actor: Actor, ticket_id: int, update: Callable[[], Ticket], key: str, body: Any
) -> tuple[Ticket, bool]:
    """Submit to a ticket unless this person's key has done it. Returns it and whether it is new.

    A client whose line went dead before the answer came can send the same submit again: the comment
    is written, and mailed to the customer, once. Without a key the submit is simply done. Raises
    IdempotencyMismatch for another body or ticket under a known key, and what `update` raises.
    """
    return _once(actor, key, ["PUT", ticket_id, body], update)


def _once(actor: Actor, key: str, body: Any, write: Callable[[], Ticket]) -> tuple[Ticket, bool]:
    """1. Forget keys that are older than LIFE.
    2. Insert the key; another request with it waits here until the first one has committed.
    3. Write in the same transaction: both exist or none.
    """
    if not key:
        return write(), True
    user_id = actor.user_id or 0
    now = clock.now()
    mine = IdempotencyKey.objects.filter(user_id=user_id)
    mine.filter(created_at__lt=now - LIFE).delete()
    digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
    kept, is_new = mine.get_or_create(
        user_id=user_id, key=key, defaults={"digest": digest, "created_at": now}
    )
    if not is_new:
        if kept.digest != digest or kept.ticket is None:
            raise IdempotencyMismatch
        return kept.ticket, False
    kept.ticket = write()
    kept.save(update_fields=["ticket"])
    return kept.ticket, True

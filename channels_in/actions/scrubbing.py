"""Emptying deleted tickets: the turn of the clock, and the raw mail that this room keeps."""

from __future__ import annotations

import logging
from functools import partial

from django.db import transaction

from accounts.actor import system_actor
from channels_in.actions.stream.posts import forget_posts_of
from channels_in.models import AwaitedMessage, InboundItem
from core.storage import blobs
from tickets.actions import scrub_ticket
from tickets.actions.deletion import due_to_be_scrubbed

logger = logging.getLogger(__name__)
BATCH = 50


def scrub_due() -> int:
    """Empty the tickets that were deleted long enough ago, BATCH at most. Returns how many."""
    actor = system_actor("The clock")
    due = due_to_be_scrubbed(limit=BATCH)
    for ticket_id in due:
        scrub_ticket(actor=actor, ticket_id=ticket_id)
        logger.info("ticket.scrubbed", extra={"ticket": ticket_id})
    return len(due)


@transaction.atomic
def scrub_items(*, ticket_id: int) -> None:
    """Empty the raw messages of a ticket: bytes, envelope, and what lists show of them."""
    items = InboundItem.objects.filter(ticket=ticket_id) | InboundItem.objects.filter(
        comment__ticket=ticket_id
    )
    for key in items.exclude(raw_key="").values_list("raw_key", flat=True):
        transaction.on_commit(partial(blobs.discard, key))
    ids = list(items.values_list("pk", flat=True))
    forget_posts_of(item_ids=ids)
    InboundItem.objects.filter(pk__in=ids).update(
        raw=b"", raw_key="", envelope={}, sender="", subject="", preview="", detail=""
    )
    AwaitedMessage.objects.filter(ticket=ticket_id).delete()

"""The end of every write: search document, steps, events, outbox, all in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from core import outbox
from tickets.actions import dues, snoozes
from tickets.changes import TicketChange
from tickets.models import AuditEvent
from tickets.search.documents import write_documents

TOPIC = "ticket.changed"

Step = Callable[[Sequence[TicketChange]], None]


def finish(changes: Sequence[TicketChange]) -> None:
    """1. Index what was written. 2. Run the steps. 3. Insert all events. 4. Post to the outbox."""
    write_documents(changes)
    for step in _steps():
        step(changes)
    for change in changes:
        snoozes.post_end(change)
        dues.post_due(change)
    AuditEvent.objects.bulk_create([event for change in changes for event in change.events])
    outbox.post(TOPIC, {"changes": [_fact(change) for change in changes]})


def _fact(change: TicketChange) -> dict[str, Any]:
    """One change as subscribers see it: ids and kinds, never content."""
    return {
        "ticket": change.ticket.pk,
        "version": change.ticket.version,
        "audit": change.audit.pk,
        "kind": _kind(change),
        "comment": change.comment.pk if change.comment else None,
        "is_public": change.public_comment is not None,
        "channel": change.ticket.channel,
        "author": change.audit.author_id,
        "deliveries": change.has_deliveries,
    }


def _kind(change: TicketChange) -> str:
    if change.is_creation:
        return "created"
    return "released" if change.is_release else "updated"


@cache
def _steps() -> list[Step]:
    return [import_string(name) for name in settings.TICKET_STEPS]

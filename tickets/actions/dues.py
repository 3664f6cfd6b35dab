"""Asking to be told when a task falls due; part of every submit, never called on its own."""

from __future__ import annotations

from core import outbox
from tickets.changes import TicketChange

TOPIC = "task.due"


def post_due(change: TicketChange) -> None:
    """Post for the moment at which the task is due. Who hears of it looks whether it still is."""
    due_at = change.ticket.due_at
    is_new = change.is_creation or change.changed("due_at") is not None
    if due_at is None or not is_new:
        return
    fact = {"ticket": change.ticket.pk, "due_at": due_at.isoformat()}
    outbox.post(TOPIC, fact, available_at=due_at)

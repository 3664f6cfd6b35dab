"""Shells between the outbox and this app's actions."""

from __future__ import annotations

from collections.abc import Sequence

from core.nudge import nudge
from core.outbox import Message
from macros.actions.bulk import BULK_TASK
from macros.actions.queue import ROUTE_TASK
from macros.actions.scrubbing import scrub_rules_memory
from macros.actions.sla_recounts import recount_for_schedules


def recount_sla(_messages: Sequence[Message]) -> None:
    recount_for_schedules()


def nudge_bulk(_messages: Sequence[Message]) -> None:
    """Wake a worker for a job on many tickets."""
    nudge(BULK_TASK)


def forget_ticket(messages: Sequence[Message]) -> None:
    """Forget calls and runs of tickets that were emptied."""
    for message in messages:
        scrub_rules_memory(ticket_id=message.payload["ticket"])


def route_chats(messages: Sequence[Message]) -> None:
    """A chat waits again, or an agent has room again: look at the queue."""
    if any(message.payload["kind"] in ("queued", "withdrawn", "ended") for message in messages):
        nudge(ROUTE_TASK)

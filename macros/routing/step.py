"""The step of the write path: what has to be given out is queued, what no longer waits leaves."""

from __future__ import annotations

from collections.abc import Sequence

from macros.actions.queue import follow_changes
from macros.routing.choosing import can_be_routed
from tickets.changes import TicketChange
from tickets.models import Status

_MATTERS = ("status", "group_id", "assignee_id", "deleted")


def queue_tickets(changes: Sequence[TicketChange]) -> None:
    """The step of helpdesk/wiring.py, after the triggers: they may have set group and assignee.

    Imports and demo data are not given out.
    """
    moved = [
        change for change in changes
        if change.is_creation or any(map(change.changed, _MATTERS))
    ]  # fmt: skip
    if not moved:
        return
    follow_changes(
        waits=[
            change.ticket for change in moved
            if can_be_routed(change.ticket) and change.ticket.group_id and not change.is_silent
        ],
        left=[
            change.ticket for change in moved
            if not change.is_creation and not can_be_routed(change.ticket)
        ],
        frees=any(map(_frees, moved)),
    )  # fmt: skip


def _frees(change: TicketChange) -> bool:
    """Whether an agent has room now who had none before."""
    assignee, status = change.changed("assignee_id"), change.changed("status")
    taken_off = assignee is not None and assignee.previous_value is not None
    is_done = status is not None and status.value in Status.done()
    return not change.is_creation and (taken_off or is_done or change.ticket.is_deleted)

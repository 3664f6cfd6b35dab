"""Who has skipped a ticket that was served, and why."""

from __future__ import annotations

from macros.models import ServedOutcome, ServedTicket
from tickets.models import Ticket

SHOWN = 3


def skips_of(ticket: Ticket) -> list[ServedTicket]:
    """The latest skips with a reason, the newest first: one query."""
    rows = ServedTicket.objects.filter(ticket=ticket, outcome=ServedOutcome.SKIPPED)
    return list(rows.exclude(reason="").select_related("user").order_by("-served_at")[:SHOWN])

"""The rows that say when an automation has to look at a ticket.

Every write of them happens while the ticket is locked, so that they agree with what it is.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db.models import prefetch_related_objects

from core import clock
from core.bulk import update_columns
from macros.automations.compiled import CompiledAutomation, active_automations
from macros.automations.moments import aim
from macros.models import AutomationDue
from tickets.models import Ticket

logger = logging.getLogger(__name__)

_COLUMNS = ("due_at", "done_version", "held_until", "has_failed")


def plan_moments(
    tickets: Sequence[Ticket],
    *,
    automations: Sequence[CompiledAutomation] | None = None,
    are_new: bool = False,
) -> None:
    """Compute anew when automations look at these tickets, which the transaction has locked.

    Constant queries, however many tickets: what is kept, what is new, what is different. With
    `are_new` nothing can be kept yet. All active automations, unless some are named.
    """
    if not tickets:
        return
    if automations is None:
        automations = active_automations().in_order
    lasting = [ticket for ticket in tickets if not ticket.is_closed]
    if not are_new and len(lasting) < len(tickets):
        closed = [ticket.pk for ticket in tickets if ticket.is_closed]
        AutomationDue.objects.filter(ticket__in=closed).delete()  # they stay closed for good
    if not automations or not lasting:
        return
    if any(automation.asks_people for automation in automations):
        prefetch_related_objects(lasting, "requester", "organization")
    kept = {} if are_new else _kept(lasting, automations)
    new, changed = [], []
    now = clock.now()
    for ticket in lasting:
        for automation in automations:
            row = kept.get((automation.id, ticket.pk))
            known = row or AutomationDue(automation_id=automation.id, ticket=ticket)
            before = _state(known)
            _aim(known, automation, ticket, now)
            if row is None and known.due_at is not None:
                new.append(known)
            elif row is not None and _state(known) != before:
                changed.append(known)
    if new:
        AutomationDue.objects.bulk_create(
            new, update_conflicts=True, unique_fields=["automation", "ticket"],
            update_fields=["due_at"], batch_size=1_000,
        )  # fmt: skip
    if changed:
        update_columns(changed, list(_COLUMNS))


def _aim(
    row: AutomationDue, automation: CompiledAutomation, ticket: Ticket, now: datetime
) -> None:  # fmt: skip
    """An automation that cannot be judged on a ticket waits for nothing there."""
    try:
        aim(row, automation, ticket, now)
    except Exception:
        logger.exception("automation.not_judged", extra={"automation": automation.id})
        row.due_at = None


def _kept(
    tickets: Sequence[Ticket], automations: Sequence[CompiledAutomation]
) -> dict[tuple[int, int], AutomationDue]:
    rows = AutomationDue.objects.filter(
        ticket__in=[ticket.pk for ticket in tickets],
        automation__in=[automation.id for automation in automations],
    )
    return {(row.automation_id, row.ticket_id): row for row in rows}


def _state(row: AutomationDue) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in _COLUMNS)

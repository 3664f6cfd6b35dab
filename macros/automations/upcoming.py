"""What automations will do, and when: for an automation's page and for a ticket's."""

from __future__ import annotations

from datetime import datetime

from accounts.actor import Actor
from macros.models import Automation, AutomationDue
from tickets.models import Ticket
from tickets.policies import visible_tickets


def next_due(
    *, actor: Actor, automation: Automation, limit: int = 5
) -> list[tuple[Ticket, datetime]]:
    """The next tickets an active automation will look at, soonest first, that the actor may see.

    It runs then if nothing changes until that moment. One in the past is about to run.
    """
    rows = AutomationDue.objects.filter(
        automation=automation, automation__is_active=True, due_at__isnull=False,
        ticket__in=visible_tickets(actor),
    ).select_related("ticket")  # fmt: skip
    return [(row.ticket, row.due_at) for row in rows.order_by("due_at", "id")[:limit] if row.due_at]


def due_on(*, actor: Actor, ticket: Ticket) -> list[tuple[Automation, datetime]]:
    """What will happen to a ticket by itself, soonest first. Empty for those who may not see it."""
    rows = AutomationDue.objects.filter(
        ticket__in=visible_tickets(actor).filter(pk=ticket.pk), automation__is_active=True,
        due_at__isnull=False,
    ).select_related("automation")  # fmt: skip
    return [(row.automation, row.due_at) for row in rows.order_by("due_at", "id") if row.due_at]


def progress(automation: Automation) -> float | None:
    """How far its moments have been computed, from 0 to 1; None when they are all known."""
    sweep = getattr(automation, "sweep", None)
    if sweep is None or sweep.finished_at:
        return None if sweep or not automation.is_active else 0.0
    newest = Ticket.objects.order_by("-id").values_list("id", flat=True).first() or 1
    return min(1.0, sweep.through / newest)

"""The shop's promise to its customers, and the clockwork that keeps it while the month passes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.actor import Actor
from core import clock
from macros.actions import SlaPolicyDraft, create_sla_policy, recount_some, tick_sla
from macros.models import SlaClock
from tickets.actions import create_view
from tickets.models import Priority

_HOUR, _DAY = 60, 24 * 60
# (metric, minutes, minutes for urgent tickets, in business hours)
_PROMISES = (
    ("first_reply_time", 4 * _HOUR, _HOUR, True),
    ("next_reply_time", 22 * _HOUR, 4 * _HOUR, True),
    ("total_resolution_time", 14 * _DAY, 3 * _DAY, False),
)


def make_policy(actor: Actor) -> None:
    """The policy "Standard" and a view in the order of its next breaches."""
    draft = SlaPolicyDraft(
        title="Standard",
        description="An answer within half a working day, urgent matters within the hour.",
        conditions={"all": []}, targets=[*_targets()], warnings=(0.75,),
    )  # fmt: skip
    create_sla_policy(actor=actor, draft=draft)
    recount_some()  # there is nothing to count yet
    create_view(
        actor=actor, title="Next SLA breach",
        conditions={
            "all": [
                {"field": "status", "operator": "less_than", "value": "pending"},
                {"field": "until_sla_next_breach_at", "operator": "less_than", "value": 72},
            ]
        },
        columns=("subject", "requester", "status", "priority", "assignee", "sla_next_breach_at"),
        sort_by="sla_next_breach_at", sort_order="asc",
    )  # fmt: skip


def tick_until(instant: datetime) -> None:
    """Note every warning and breach at its own time, up to an instant."""
    while due_at := _next_due(instant):
        with clock.frozen(due_at):
            tick_sla()


def _next_due(until: datetime) -> datetime | None:
    due = SlaClock.objects.filter(due_at__lte=until).order_by("due_at", "id")
    return due.values_list("due_at", flat=True).first()


def _targets() -> list[dict[str, Any]]:
    return [
        {
            "priority": priority, "metric": metric, "business_hours": is_business,
            "target": urgent if priority == Priority.URGENT else minutes,
        }
        for metric, minutes, urgent, is_business in _PROMISES
        for priority in ("", *Priority.values)
    ]  # fmt: skip

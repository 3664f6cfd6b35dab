"""The shop's promise to its customers, kept for all that is open after the month."""

from __future__ import annotations

from typing import Any

from accounts.actor import Actor
from macros.actions import SlaPolicyDraft, create_sla_policy, recount_some, tick_sla
from tickets.actions import create_view
from tickets.models import Priority

_HOUR, _DAY = 60, 24 * 60
# (metric, minutes, minutes for urgent tickets, in business hours)
_PROMISES = (
    ("first_reply_time", 16 * _HOUR, 4 * _HOUR, True),
    ("next_reply_time", 40 * _HOUR, 8 * _HOUR, True),
    ("total_resolution_time", 30 * _DAY, 7 * _DAY, False),
)


def make_policy(actor: Actor) -> None:
    """The policies "Chat" and "Standard", and a view in the order of the next breaches."""
    create_sla_policy(
        actor=actor,
        draft=SlaPolicyDraft(
            title="Chat", description="Nobody waits for a minute.", warnings=(0.5,),
            conditions={"all": [{"field": "via_id", "operator": "is", "value": "chat"}]},
            targets=[
                {"priority": priority, "metric": metric, "target_in_seconds": seconds}
                for metric, seconds in (("first_reply_time", 45), ("next_reply_time", 90))
                for priority in ("", *Priority.values)
            ],
        ),
    )  # fmt: skip
    draft = SlaPolicyDraft(
        title="Standard",
        description="An answer within two working days, urgent matters within half a day.",
        conditions={"all": []}, targets=[*_targets()], warnings=(0.75,),
    )  # fmt: skip
    create_sla_policy(actor=actor, draft=draft)
    while recount_some():
        pass
    while tick_sla():
        pass
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


def _targets() -> list[dict[str, Any]]:
    return [
        {
            "priority": priority, "metric": metric, "business_hours": is_business,
            "target": urgent if priority == Priority.URGENT else minutes,
        }
        for metric, minutes, urgent, is_business in _PROMISES
        for priority in ("", *Priority.values)
    ]  # fmt: skip

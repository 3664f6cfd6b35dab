"""SLA policies, promises on tickets and the log of metrics as Zendesk's objects.

`active`, `schedule_id`, `warnings` of a policy and the event type `warn` are ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from api.shapes.times import stamp
from macros.models import Metric, MetricEvent, MetricEventType, SlaPolicy
from macros.selectors.sla import Standing
from macros.sla.lengths import seconds_of
from macros.sla.metrics import Switches
from tickets.conditions.offers import FieldOffer

# Zendesk's advanced settings by metric, each with our switch where we have it.
SETTINGS: dict[str, dict[str, str]] = {
    "first_reply_time": {
        "activate_on_ticket_created_for_end_user": "first_reply_on_agent_message",
        "activate_on_agent_ticket_created_for_end_user_with_internal_note":
            "first_reply_on_agent_note",
        "activate_on_light_agent_on_email_forward_ticket_from_end_user":
            "first_reply_on_light_agent",
        "activate_on_agent_created_ticket_for_self": "",
        "fulfill_on_agent_internal_note": "",
    },
    "next_reply_time": {
        "fulfill_on_non_requesting_agent_internal_note_after_activation": "",
        "activate_on_end_user_added_internal_note": "",
        "activate_on_agent_requested_ticket_with_public_comment_or_internal_note": "",
        "activate_on_light_agent_internal_note": "",
        "activate_on_requester_only": "next_reply_on_requester_only",
    },
    "periodic_update_time": {"activate_on_agent_internal_note": "internal_notes_update"},
}  # fmt: skip

# In the log Zendesk has one metric for replies: the first is its first instance.
_LOG_NAMES = {
    Metric.FIRST_REPLY: "reply_time",
    Metric.NEXT_REPLY: "reply_time",
    Metric.TOTAL_RESOLUTION: "resolution_time",
}
_PROMISING = (MetricEventType.APPLY_SLA, MetricEventType.BREACH, MetricEventType.WARN)
_HOUR, _DAY = 3600, 86_400


def policy_shapes(policies: Sequence[SlaPolicy], base: str) -> list[dict[str, Any]]:
    return [
        {
            "id": policy.pk,
            "url": f"{base}/slas/policies/{policy.pk}.json",
            "title": policy.title,
            "description": policy.description,
            "position": policy.position,
            "active": policy.is_active,
            "filter": {
                "all": policy.conditions.get("all") or [],
                "any": policy.conditions.get("any") or [],
            },
            "policy_metrics": [
                {**target, "priority": target["priority"] or None,
                 "target_in_seconds": seconds_of(target)}
                for target in policy.targets
            ],
            "metric_settings": _settings(policy),
            "schedule_id": policy.schedule_id,
            "warnings": policy.warnings,
            "created_at": stamp(policy.created_at),
            "updated_at": stamp(policy.updated_at),
        }
        for policy in policies
    ]  # fmt: skip


def filter_definitions(fields: Iterable[FieldOffer]) -> list[dict[str, Any]]:
    """What a policy's filter may ask of a ticket."""
    return [
        {
            "value": field.name,
            "title": field.label,
            "group": field.heading,
            "target": None,
            "operators": [{"value": name, "title": words} for name, words in field.operators],
            "values": {
                "type": "list" if field.choices else "text",
                "list": [{"value": value, "title": title} for value, title in field.choices],
            },
        }
        for field in fields
    ]


def promise_shapes(standings: Sequence[Standing]) -> list[dict[str, Any]]:
    """`policy_metrics` of a ticket: what is promised and how much time is left; late is negative.

    One of `days`, `hours`, `minutes` is there, by how much it is; none for what has been achieved.
    """
    return [
        {"breach_at": stamp(each.breach_at), "stage": each.stage, "metric": each.metric,
         **_left(each.left)}
        for each in standings
    ]  # fmt: skip


def event_shapes(events: Sequence[MetricEvent]) -> list[dict[str, Any]]:
    """Metric events; `sla` names what was promised, `status` what was measured, in minutes."""
    return [
        {
            "id": event.pk,
            "ticket_id": event.ticket_id,
            "metric": _LOG_NAMES.get(Metric(event.metric), event.metric),
            "instance_id": event.instance_id + (event.metric == Metric.NEXT_REPLY),
            "type": event.type,
            "time": stamp(event.time),
            **_details(event),
        }
        for event in events
    ]


def _settings(policy: SlaPolicy) -> dict[str, dict[str, bool]]:
    switches = {**asdict(Switches()), **policy.settings}
    return {
        metric: {theirs: bool(ours and switches[ours]) for theirs, ours in names.items()}
        for metric, names in SETTINGS.items()
    }


def _left(seconds: int | None) -> dict[str, int]:
    if seconds is None:
        return {}
    if abs(seconds) >= 2 * _DAY:
        return {"days": int(seconds / _DAY)}
    if abs(seconds) >= 2 * _HOUR:
        return {"hours": int(seconds / _HOUR)}
    return {"minutes": int(seconds / 60)}


def _details(event: MetricEvent) -> dict[str, Any]:
    details: dict[str, Any] = {}
    if event.type in (MetricEventType.APPLY_SLA, MetricEventType.BREACH):
        details["deleted"] = False
    if event.type in _PROMISING:
        promised = event.details
        details["sla"] = {
            "target": promised["target"],
            "target_in_seconds": seconds_of(promised),
            "business_hours": promised["business_hours"],
            "policy": {"id": promised["policy_id"], "title": promised["policy"],
                       "description": None},
        }  # fmt: skip
    if event.type == MetricEventType.UPDATE_STATUS:
        details["status"] = event.details
    return details

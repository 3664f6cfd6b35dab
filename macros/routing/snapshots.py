"""The settings of routing as their revisions keep them: JSON, ids as text where they are keys."""

from __future__ import annotations

from typing import Any

from macros.models import (
    Capacity,
    RoutingHouse,
    RoutingMode,
    RoutingPart,
    RoutingSetting,
    Skill,
)
from macros.routing.kinds import Kind

Definition = dict[str, Any]


def snapshot(part: RoutingPart) -> Definition:
    """How a part of routing is set now. Availability is none: its changes are kept one by one."""
    return {
        RoutingPart.GROUPS: groups, RoutingPart.CAPACITY: capacity, RoutingPart.SKILLS: skills,
    }[part]()  # fmt: skip


def groups() -> Definition:
    """`{group: {"mode", "reassigns_on_offline"}}`, without those that are off and want nothing."""
    rows = RoutingSetting.objects.order_by("group_id")
    return {
        str(row.group_id): {"mode": row.mode, "reassigns_on_offline": row.reassigns_on_offline}
        for row in rows
        if row.mode != RoutingMode.OFF or row.reassigns_on_offline
    }


def capacity() -> Definition:
    """`{"house": limits and "offline_after", "roles": {role: limits}, "agents": {id: limits}}`."""
    house = RoutingHouse.objects.first() or RoutingHouse()
    rows = list(Capacity.objects.order_by("id"))
    return {
        "house": {**_limits(house), "offline_after": house.offline_after},
        "roles": {row.role: _limits(row) for row in rows if row.role is not None},
        "agents": {str(row.user_id): _limits(row) for row in rows if row.user_id is not None},
    }


def skills() -> Definition:
    """`{skill: {"name", "people": [ids], "rules": [{"conditions", "timeout"}]}}`."""
    rows = Skill.objects.prefetch_related("holders", "rules").order_by("id")
    return {
        str(skill.pk): {
            "name": skill.name,
            "people": sorted(holder.user_id for holder in skill.holders.all()),
            "rules": [
                {"conditions": rule.conditions, "timeout": rule.timeout}
                for rule in sorted(skill.rules.all(), key=lambda rule: rule.pk)
            ],
        }
        for skill in rows
    }


def _limits(row: RoutingHouse | Capacity) -> dict[str, int]:
    return {kind.value: getattr(row, kind.value) for kind in Kind}

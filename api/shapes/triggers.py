"""Triggers and their categories as Zendesk's objects; ours are `error`, why a
rule does not work, and `revision`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from api.shapes.rules import action_shape
from api.shapes.times import stamp
from macros.models import Trigger, TriggerCategory


def trigger_shapes(triggers: Sequence[Trigger], base: str) -> list[dict[str, Any]]:
    return [
        {
            "id": trigger.pk,
            "url": f"{base}/triggers/{trigger.pk}.json",
            "title": trigger.title,
            "raw_title": trigger.title,
            "description": trigger.description,
            "active": trigger.is_active,
            "default": trigger.key is not None,
            "position": trigger.position,
            "category_id": str(trigger.category_id),
            "conditions": {
                "all": trigger.conditions.get("all") or [],
                "any": trigger.conditions.get("any") or [],
            },
            "actions": [action_shape(effect) for effect in trigger.effects],
            "error": trigger.error or None,
            "revision": trigger.revision,
            "created_at": stamp(trigger.created_at),
            "updated_at": stamp(trigger.updated_at),
        }
        for trigger in triggers
    ]


def category_shapes(categories: Sequence[TriggerCategory]) -> list[dict[str, Any]]:
    return [
        {
            "id": str(category.pk),
            "name": category.name,
            "position": category.position,
            "created_at": stamp(category.created_at),
            "updated_at": stamp(category.updated_at),
        }
        for category in categories
    ]

"""Rules as Zendesk's objects: conditions in lists, actions with its names and shapes of values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from api.shapes.times import stamp
from macros.effects import Effect
from macros.effects.registry import Shape
from macros.models import Automation
from tickets.conditions.offers import FieldOffer
from tickets.conditions.registry import WITHOUT_VALUE

_PEOPLE = {"requester": "requester_id", "assignee": "assignee_id"}
_REPEATABLE = (Shape.NOTICE, Shape.GROUP_NOTICE, Shape.WEBHOOK, Shape.PEOPLE)
_TAGS = ("set_tags", "current_tags", "remove_tags")


def automation_shapes(automations: Sequence[Automation], base: str) -> list[dict[str, Any]]:
    return [
        {
            "id": automation.pk,
            "url": f"{base}/automations/{automation.pk}.json",
            "title": automation.title,
            "raw_title": automation.title,
            "description": automation.description,
            "active": automation.is_active,
            "default": automation.key is not None,
            "position": automation.position,
            "conditions": {
                "all": automation.conditions.get("all") or [],
                "any": automation.conditions.get("any") or [],
            },
            "actions": [action_shape(effect) for effect in automation.effects],
            "error": automation.error or None,
            "revision": automation.revision,
            "created_at": stamp(automation.created_at),
            "updated_at": stamp(automation.updated_at),
        }
        for automation in automations
    ]


def action_shape(effect: dict[str, Any]) -> dict[str, Any]:
    """Ours as Zendesk's: messages are lists, tags one string."""
    name: str = effect["field"]
    value: Any = effect.get("value")
    match name:
        case "notification_user":
            who = _PEOPLE.get(value["who"], value["who"])
            value = [who, value["subject"], value["body"]]
        case "notification_group":
            value = [value["group_id"], value["subject"], value["body"]]
        case "notification_webhook":
            value = [value["webhook_id"], value["body"]]
        case "satisfaction_score":
            value = "offered"
        case _ if name in _TAGS:
            value = " ".join(value)
    return {"field": name, "value": value}


def effect_of(action: Any) -> Any:
    """Zendesk's as ours; what is neither is left to be refused with a sentence."""
    if not isinstance(action, dict):
        return action
    name, value = action.get("field"), action.get("value")
    if isinstance(value, list):
        match name, value:
            case "notification_user", [who, subject, body]:
                ours = {theirs: role for role, theirs in _PEOPLE.items()}
                who = ours.get(who, who) if isinstance(who, str) else who
                value = {"who": who, "subject": subject, "body": body}
            case "notification_group", [group_id, subject, body]:
                value = {"group_id": group_id, "subject": subject, "body": body}
            case "notification_webhook", [webhook_id, body]:
                value = {"webhook_id": webhook_id, "body": body}
    return {"field": name, "value": value}


def field_definitions(fields: Iterable[FieldOffer]) -> list[dict[str, Any]]:
    """Fields of conditions with what may be asked of them; values where there is a list."""
    return [
        {
            "subject": field.name,
            "title": field.label,
            "type": "list" if field.choices else "text",
            "group": field.heading,
            "nullable": False,
            "repeatable": True,
            "operators": [
                {"value": name, "title": words, "terminal": name in WITHOUT_VALUE}
                for name, words in field.operators
            ],
            "values": [
                {"value": value, "title": title, "enabled": True} for value, title in field.choices
            ],
        }
        for field in fields
    ]


def action_definitions(effects: Iterable[Effect]) -> list[dict[str, Any]]:
    """What rules may do, with the values of those that have a fixed list."""
    return [
        {
            "subject": effect.name,
            "title": str(effect.label),
            "type": "list" if effect.choices else effect.shape.value,
            "group": "ticket",
            "nullable": "" in effect.choices,
            "repeatable": effect.shape in _REPEATABLE,
            "values": [
                {"value": choice, "title": choice or "-", "enabled": True}
                for choice in effect.choices
            ],
        }
        for effect in effects
    ]

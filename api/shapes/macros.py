"""Macros as Zendesk's objects of that name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from api.shapes.times import stamp
from core import html
from macros.macro_plans import Preview
from macros.models import Macro
from macros.selectors.macros import Usage

# Zendesk's mode words of a comment's text.
_MODES = {"append": "append", "prepend": "prepend", "set": "replace"}


def macro_shapes(
    macros: Sequence[Macro], base: str, usage: Mapping[int, Usage] | None = None
) -> list[dict[str, Any]]:
    """With `usage` also how often each was applied, as `include=usage_7d` asks for."""
    return [_macro(macro, base, usage.get(macro.pk) if usage else None) for macro in macros]


def _macro(macro: Macro, base: str, usage: Usage | None) -> dict[str, Any]:
    restriction: dict[str, Any] | None = None
    if macro.owner_id:
        restriction = {"type": "User", "id": macro.owner_id}
    elif macro.group_id:
        restriction = {"type": "Group", "id": macro.group_id, "ids": [macro.group_id]}
    shape = {
        "id": macro.pk,
        "url": f"{base}/macros/{macro.pk}.json",
        "title": macro.title,
        "raw_title": macro.title,
        "description": macro.description or None,
        "active": macro.is_active,
        "default": False,
        "position": macro.position,
        "actions": [action_shape(effect) for effect in macro.effects],
        "revision": macro.revision,
        "restriction": restriction,
        "created_at": stamp(macro.created_at),
        "updated_at": stamp(macro.updated_at),
    }
    if usage:
        shape |= {"usage_1h": usage.usage_1h, "usage_24h": usage.usage_24h,
                  "usage_7d": usage.usage_7d, "usage_30d": usage.usage_30d}  # fmt: skip
    return shape


def action_shape(effect: Mapping[str, Any]) -> dict[str, Any]:
    """An effect as Zendesk's action: texts are `[mode, text]` there, tags one line."""
    value = effect.get("value")
    if isinstance(value, Mapping) and "mode" in value:
        value = [_MODES.get(str(value["mode"]), value["mode"]), value.get("text", "")]
    elif isinstance(value, list) and effect["field"] != "attachments":
        value = " ".join(map(str, value))
    return {"field": effect["field"], "value": value}


def effect_of(action: Mapping[str, Any]) -> dict[str, Any]:
    """The other way; what is no text is taken as it is and judged by the action's check."""
    field, value = action.get("field"), action.get("value")
    is_text = field in ("comment_value", "comment_value_html")
    if is_text and isinstance(value, list) and len(value) == 2:
        modes = {theirs: ours for ours, theirs in _MODES.items()}
        value = {"mode": modes.get(str(value[0]), "append"), "text": value[1]}
    return {"field": field, "value": value}


def applied_shape(found: Preview) -> dict[str, Any]:
    """What a macro changes, as `{"ticket": …}`; the comment only where it writes one."""
    ticket: dict[str, Any] = {}
    for step in found.steps:
        for change in step.changes:
            ticket[change.name] = change.value
        if step.tags_added or step.tags_removed:
            ticket["tags"] = list(found.ticket.tags)
    custom = [name for name in ticket if name.startswith("custom_fields_")]
    if custom:
        ticket["fields"] = [
            {"id": int(name.removeprefix("custom_fields_")), "value": ticket.pop(name)}
            for name in custom
        ]
    if found.ccs:
        ticket["email_ccs"] = [{"user_id": person.pk, "action": "put"} for person in found.ccs]
    if found.reply.body or found.files:
        ticket["comment"] = {
            "body": found.reply.body,
            "html_body": html.from_text(found.reply.body),
            "public": found.reply.is_public,
        }
    return ticket

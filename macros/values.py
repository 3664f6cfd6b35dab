"""What the texts of rules may say: the ticket's placeholders and those of the change."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from accounts.models import User
from tickets.conditions import Situation
from tickets.placeholders import values_of

FIELD = "ticket_field_"  # before the id of a custom field, as Zendesk names it
TEXT_LENGTH = 10_000  # letters of a message in a notice


def are_needed(effects: Sequence[Mapping[str, Any]]) -> bool:
    """Whether effects have texts with placeholders; a webhook may be sent all values."""
    if any(str(each.get("field")) == "notification_webhook" for each in effects):
        return True
    texts = json.dumps(effects, ensure_ascii=False, default=str)
    return "{{" in texts or "{%" in texts


def values_for(situation: Situation, *, user: User | None = None) -> dict[str, object]:
    """Plain values for core.liquid. The latest public message only, never an internal note.

    `user` is who makes the change: the agent, or the customer whose message came in.
    """
    ticket, change = situation.ticket, situation.change
    if user is None and (user_id := situation.actor.user_id):
        user = User.objects.filter(pk=user_id).first()
    values = values_of(ticket, current_user=user)
    inner = values["ticket"]
    assert isinstance(inner, dict)  # noqa: S101  its shape
    comment = change.public_comment if change else None
    said = (comment.reply_text or comment.body) if comment else ""
    inner["latest_public_comment"] = said[:TEXT_LENGTH]
    inner["custom_fields"] = dict(ticket.custom_fields)
    inner |= {f"{FIELD}{key}": value for key, value in ticket.custom_fields.items()}
    return values

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accounts.actor import Actor
from accounts.roles import Permission
from core import clock
from tickets import policies
from tickets.conditions import parse
from tickets.models import View


def create_view(
    *,
    actor: Actor,
    title: str,
    conditions: dict[str, Any],
    columns: Sequence[str] = (),
    key: str | None = None,
    sort_by: str = "updated",
    sort_order: str = "desc",
    group_id: int | None = None,
    owner_id: int | None = None,
) -> View:
    """Save a list of tickets. Raises NotPermitted (for others' views), InvalidCondition."""
    if owner_id is None or owner_id != actor.user_id:
        policies.require(actor, Permission.MANAGE_RULES)
    parse(conditions)
    now = clock.now()
    return View.objects.create(
        key=key, title=title, conditions=conditions, columns=list(columns), sort_by=sort_by,
        sort_order=sort_order, group_id=group_id, owner_id=owner_id,
        position=View.objects.count() + 1, created_at=now, updated_at=now,
    )  # fmt: skip

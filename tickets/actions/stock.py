from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.actor import Actor
from tickets.actions.views import create_view
from tickets.models import View

_UNSOLVED = {"field": "status", "operator": "less_than", "value": "solved"}
_COLUMNS = ("subject", "requester", "status", "priority", "assignee", "current_tags", "updated")

# (key, title, conditions on all, sorted by)
STOCK_VIEWS: tuple[tuple[str, str, list[dict[str, Any]], str], ...] = (
    (
        "your-unsolved",
        "Your unsolved tickets",
        [_UNSOLVED, {"field": "assignee_id", "operator": "is", "value": "current_user"}],
        "updated",
    ),
    (
        "unassigned",
        "Unassigned",
        [_UNSOLVED, {"field": "assignee_id", "operator": "not_present"}],
        "updated",
    ),
    ("all-unsolved", "All unsolved", [_UNSOLVED], "updated"),
    (
        "recently-solved",
        "Recently solved",
        [
            {"field": "status", "operator": "is", "value": "solved"},
            {"field": "solved_hours_ago", "operator": "less_than", "value": 24 * 7},
        ],
        "solved",
    ),
    (
        "snoozed",
        "Snoozed",
        [_UNSOLVED, {"field": "snoozed_until", "operator": "present"}],
        "updated",
    ),
    ("pending", "Pending", [{"field": "status", "operator": "is", "value": "pending"}], "updated"),
)


@transaction.atomic
def install_stock_views(*, actor: Actor) -> None:
    """Make the views every help desk begins with; those that are there already stay as they are."""
    present = set(View.objects.filter(key__isnull=False).values_list("key", flat=True))
    for key, title, every, sort_by in STOCK_VIEWS:
        if key not in present:
            create_view(
                actor=actor, key=key, title=title, conditions={"all": every, "any": []},
                columns=_COLUMNS, sort_by=sort_by,
            )  # fmt: skip

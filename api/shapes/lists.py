"""Views and satisfaction ratings as Zendesk's objects of those names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from api.shapes.times import stamp
from tickets.models import (
    SatisfactionRating,
    Score,
    View,
)


def view_shapes(views: Sequence[View], base: str) -> list[dict[str, Any]]:
    return [_view(view, base) for view in views]


def _view(view: View, base: str) -> dict[str, Any]:
    restriction = None
    if view.owner_id:
        restriction = {"type": "User", "id": view.owner_id}
    elif view.group_id:
        restriction = {"type": "Group", "id": view.group_id, "ids": [view.group_id]}
    return {
        "id": view.pk,
        "url": f"{base}/views/{view.pk}.json",
        "title": view.title,
        "raw_title": view.title,
        "description": view.description,
        "active": view.is_active,
        "default": view.key is not None,
        "position": view.position,
        "restriction": restriction,
        "conditions": {
            "all": view.conditions.get("all") or [],
            "any": view.conditions.get("any") or [],
        },
        "execution": {
            "group_by": None,
            "group_order": None,
            "sort_by": view.sort_by,
            "sort_order": view.sort_order,
            "columns": [{"id": column, "title": column} for column in view.columns],
        },
        "created_at": stamp(view.created_at),
        "updated_at": stamp(view.updated_at),
    }


def rating_shapes(ratings: Sequence[SatisfactionRating], base: str) -> list[dict[str, Any]]:
    """Ratings whose tickets are loaded."""
    return [
        {
            "id": rating.pk,
            "url": f"{base}/satisfaction_ratings/{rating.pk}.json",
            "assignee_id": rating.ticket.assignee_id,
            "group_id": rating.ticket.group_id,
            "requester_id": rating.ticket.requester_id,
            "ticket_id": rating.ticket_id,
            "score": _SCORES.get(Score(rating.score), rating.score),
            "comment": rating.comment or None,
            "reason": None,
            "created_at": stamp(rating.created_at),
            "updated_at": stamp(rating.updated_at),
        }
        for rating in ratings
    ]


# The comment says whether there is one; Zendesk lists the plain score.
_SCORES = {Score.GOOD_WITH_COMMENT: "good", Score.BAD_WITH_COMMENT: "bad"}

"""Ticket fields, views and satisfaction ratings as Zendesk's objects of those names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from api.shapes.times import stamp
from tickets.models import (
    SatisfactionRating,
    Score,
    TicketField,
    TicketForm,
    TicketFormField,
    View,
)


def field_shapes(fields: Sequence[TicketField], base: str) -> list[dict[str, Any]]:
    return [
        {
            "id": field.pk,
            "url": f"{base}/ticket_fields/{field.pk}.json",
            "type": field.type,
            "key": field.key,
            "title": field.title,
            "raw_title": field.title,
            "title_in_portal": field.title,
            "description": field.description,
            "position": field.position,
            "active": field.is_active,
            "required": field.is_required_to_solve,
            "required_in_portal": field.is_required_of_customers,
            "visible_in_portal": field.is_visible_to_customers,
            "editable_in_portal": field.is_visible_to_customers,
            "collapsed_for_agents": False,
            "regexp_for_validation": None,
            "tag": None,
            "removable": True,
            "custom_field_options": [
                {"id": number, "name": option, "raw_name": option, "value": option}
                for number, option in enumerate(field.options, start=1)
            ],
            "created_at": stamp(field.created_at),
            "updated_at": stamp(field.updated_at),
        }
        for field in fields
    ]


def form_shapes(forms: Sequence[TicketForm], base: str) -> list[dict[str, Any]]:
    """One query for the fields of all of them."""
    places: dict[int, list[int]] = {form.pk: [] for form in forms}
    rows = TicketFormField.objects.filter(form__in=list(forms)).order_by("position", "id")
    for form_id, field_id in rows.values_list("form_id", "field_id"):
        places[form_id].append(field_id)
    return [
        {
            "id": form.pk,
            "url": f"{base}/ticket_forms/{form.pk}.json",
            "name": form.title,
            "raw_name": form.title,
            "display_name": form.words_for_customers,
            "raw_display_name": form.words_for_customers,
            "end_user_visible": form.is_visible_to_customers,
            "position": form.position,
            "ticket_field_ids": places[form.pk],
            "active": form.is_active,
            "default": form.is_default,
            "in_all_brands": True,
            "restricted_brand_ids": [],
            "end_user_conditions": [],
            "agent_conditions": [],
            "created_at": stamp(form.created_at),
            "updated_at": stamp(form.updated_at),
        }
        for form in forms
    ]


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

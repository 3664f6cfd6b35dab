"""Ticket fields and forms as Zendesk's objects of those names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from api.shapes.times import stamp
from tickets.models import (
    Audience,
    FieldType,
    TicketField,
    TicketForm,
    TicketFormCondition,
    TicketFormField,
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
            "raw_title_in_portal": field.title,
            "description": field.description,
            "raw_description": field.description,
            "agent_description": field.description,
            "position": field.position,
            "active": field.is_active,
            "required": field.is_required_to_solve,
            "required_in_portal": field.is_required_of_customers,
            "visible_in_portal": field.is_visible_to_customers,
            "editable_in_portal": field.is_visible_to_customers,
            "collapsed_for_agents": False,
            "regexp_for_validation": field.pattern or None,
            "tag": None,
            "removable": True,
            "custom_field_options": option_shapes(field) if field.has_options else [],
            "created_at": stamp(field.created_at),
            "updated_at": stamp(field.updated_at),
        }
        for field in fields
    ]


def option_shapes(field: TicketField) -> list[dict[str, Any]]:
    return [
        {"id": number, "name": option, "raw_name": option, "value": option, "default": False}
        for number, option in enumerate(field.options, start=1)
    ]


def form_shapes(forms: Sequence[TicketForm], base: str) -> list[dict[str, Any]]:
    """Two queries for the fields and conditions of all of them."""
    ids = [form.pk for form in forms]
    places: dict[int, list[int]] = {pk: [] for pk in ids}
    rows = TicketFormField.objects.filter(form__in=ids).order_by("position", "id")
    for form_id, field_id in rows.values_list("form_id", "field_id"):
        places[form_id].append(field_id)
    conditions: dict[int, list[TicketFormCondition]] = {pk: [] for pk in ids}
    found = TicketFormCondition.objects.filter(form__in=ids).select_related("parent")
    for condition in found.order_by("parent__position", "id"):
        conditions[condition.form_id].append(condition)
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
            "end_user_conditions": condition_shapes(conditions[form.pk], Audience.CUSTOMERS),
            "agent_conditions": condition_shapes(conditions[form.pk], Audience.AGENTS),
            "created_at": stamp(form.created_at),
            "updated_at": stamp(form.updated_at),
        }
        for form in forms
    ]


def condition_shapes(
    conditions: Sequence[TicketFormCondition], audience: Audience
) -> list[dict[str, Any]]:
    """Grouped by parent and value, as Zendesk has them; a checkbox's value is true or false."""
    groups: dict[tuple[int, Any], list[dict[str, Any]]] = {}
    for each in conditions:
        if each.audience not in (audience, Audience.EVERYBODY):
            continue
        is_box = each.parent.type == FieldType.CHECKBOX
        value: Any = each.value == "true" if is_box else each.value
        child: dict[str, Any] = {"id": each.child_id, "is_required": each.is_required}
        if audience == Audience.AGENTS:
            statuses = ["solved"] if each.is_required else []
            kind = "SOME_STATUSES" if each.is_required else "NO_STATUSES"
            child["required_on_statuses"] = {"type": kind, "statuses": statuses}
        groups.setdefault((each.parent_id, value), []).append(child)
    return [
        {"parent_field_id": parent_id, "value": value, "child_fields": children}
        for (parent_id, value), children in groups.items()
    ]

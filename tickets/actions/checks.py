"""Is this value one a ticket can take? Pure but for the field definitions and the audit trail."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from tickets.errors import ChangedMeanwhile, ConflictingChange, InvalidChange
from tickets.models import (
    AuditEvent,
    EventType,
    FieldType,
    Priority,
    Status,
    Ticket,
    TicketField,
    TicketType,
)

SUBJECT_LENGTH = 998
TAG_LENGTH = 80
TAG_LIMIT = 100
_CHOICES = {"status": Status, "type": TicketType, "priority": Priority}
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")


def check_choices(**values: str) -> None:
    """Raise InvalidChange for a status, type or priority that does not exist."""
    for name, value in values.items():
        known = _CHOICES[name].values
        if value not in known and not (value == "" and name != "status"):
            raise InvalidChange(name, f"{value!r} is not a {name}. Use one of: {', '.join(known)}.")


def check_transition(ticket: Ticket, given: dict[str, Any]) -> None:
    """`new` never comes back; a task needs its type for a due date, an incident for a problem."""
    if given.get("status") == Status.NEW and ticket.status != Status.NEW:
        raise InvalidChange("status", "A ticket that has been worked on cannot be new again.")
    kind = given.get("type", ticket.type)
    if given.get("due_at") and kind != TicketType.TASK:
        raise InvalidChange("due_at", "Only tasks have a due date. Set the type to task first.")
    if given.get("problem_id"):
        if kind != TicketType.INCIDENT:
            raise InvalidChange("problem_id", "Only incidents can be linked to a problem.")
        if not Ticket.objects.filter(pk=given["problem_id"], type=TicketType.PROBLEM).exists():
            raise InvalidChange("problem_id", f"Ticket {given['problem_id']} is not a problem.")


def check_version(ticket: Ticket, expected: int | None, given: dict[str, Any]) -> None:
    """Raise ConflictingChange when a field in `given` was changed since version `expected`.

    Changes to other fields are no conflict: two people may work on one ticket.
    """
    if expected is None or expected >= ticket.version:
        return
    since = ticket.version - expected
    # Every submit makes one audit and one version, so the last `since` audits are what was missed.
    audits = ticket.audits.order_by("-created_at", "-id").values_list("id", flat=True)[:since]
    events = (
        AuditEvent.objects.filter(audit_id__in=list(audits), type=EventType.CHANGE)
        .select_related("audit__author")
        .order_by("id")
    )
    meanwhile = [
        ChangedMeanwhile(
            author=str(event.audit.author or "The system"), field=event.field_name,
            previous=event.previous_value, value=event.value,
        )
        for event in events
        if _is_same_field(event.field_name, given)
        and event.value != plain(given.get(event.field_name))
    ]  # fmt: skip
    if meanwhile:
        raise ConflictingChange(ticket.version, meanwhile)


def _is_same_field(name: str, given: dict[str, Any]) -> bool:
    if name.startswith("custom_fields_"):
        return name.removeprefix("custom_fields_") in (given.get("custom_fields") or {})
    return name in given


def clean_subject(subject: str) -> str:
    """One line without control characters, at most 998 letters (attack 46)."""
    return _CONTROL.sub(" ", subject).strip()[:SUBJECT_LENGTH]


def clean_tags(tags: Iterable[str]) -> list[str]:
    """Lower case, blanks as underscores, no doubles, order kept. Raises InvalidChange past 100."""
    clean = (re.sub(r"[\s,;\x00]+", "_", tag.strip().lower()).strip("_") for tag in tags)
    unique = list(dict.fromkeys(tag[:TAG_LENGTH] for tag in clean if tag))
    if len(unique) > TAG_LIMIT:
        raise InvalidChange("tags", f"A ticket can have at most {TAG_LIMIT} tags.")
    return unique


def clean_custom_fields(values: dict[str, Any]) -> dict[str, Any]:
    """Values by field id (as text), each checked against its field. Raises InvalidChange."""
    if not values:
        return {}
    fields = {str(f.pk): f for f in TicketField.objects.filter(pk__in=_as_ids(values))}
    return {key: _clean_value(fields.get(str(key)), key, value) for key, value in values.items()}


def _as_ids(values: dict[str, Any]) -> list[int]:
    return [int(key) for key in values if str(key).isdecimal()]


def _clean_value(field: TicketField | None, key: str, value: Any) -> Any:
    if field is None:
        raise InvalidChange(f"custom_fields_{key}", f"There is no ticket field {key}.")
    if value in (None, ""):
        return None
    name = f"custom_fields_{key}"
    try:
        match field.type:
            case FieldType.CHECKBOX:
                return (
                    value if isinstance(value, bool) else str(value).lower() in ("1", "true", "on")
                )
            case FieldType.INTEGER:
                return int(value)
            case FieldType.DECIMAL:
                return str(Decimal(str(value)))
            case FieldType.DATE:
                return date.fromisoformat(str(value)).isoformat()
    except (ValueError, InvalidOperation) as error:
        raise InvalidChange(name, f"{value!r} is not a {field.get_type_display()}.") from error
    text = str(value).replace("\x00", "")
    if field.type == FieldType.TAGGER and text not in field.options:
        raise InvalidChange(name, f"{text!r} is not one of the options of {field.title}.")
    return text[:65_536]


def plain(value: Any) -> Any:
    """A column's value as it stands in an event's JSON."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return value

"""Every field a condition may name, with its kind. Nothing outside this list reaches a query."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from tickets.models import Channel, Priority, Score, Status, TicketType


class Kind(Enum):
    ORDERED = "ordered"  # choices with an order: status, priority
    CHOICE = "choice"
    REFERENCE = "reference"  # an id, "current_user", "current_groups", or empty
    TAGS = "tags"
    FLAG = "flag"
    HOURS = "hours"  # whole hours since an instant


@dataclass(frozen=True, slots=True)
class Field:
    """`column` is the ticket's attribute of the same meaning; `choices` in their order."""

    name: str
    kind: Kind
    column: str
    choices: tuple[str, ...] = ()


_FIELDS = (
    Field("status", Kind.ORDERED, "status", tuple(Status.values)),
    Field("priority", Kind.ORDERED, "priority", ("", *Priority.values)),
    Field("type", Kind.CHOICE, "type", ("", *TicketType.values)),
    Field("via_id", Kind.CHOICE, "channel", tuple(Channel.values)),
    Field("satisfaction_score", Kind.CHOICE, "satisfaction", tuple(Score.values)),
    Field("group_id", Kind.REFERENCE, "group_id"),
    Field("assignee_id", Kind.REFERENCE, "assignee_id"),
    Field("requester_id", Kind.REFERENCE, "requester_id"),
    Field("organization_id", Kind.REFERENCE, "organization_id"),
    Field("current_tags", Kind.TAGS, "tags"),
    Field("ticket_is_public", Kind.FLAG, "is_public"),
    Field("created_hours_ago", Kind.HOURS, "created_at"),
    Field("updated_hours_ago", Kind.HOURS, "updated_at"),
    Field("solved_hours_ago", Kind.HOURS, "solved_at"),
    Field("requester_updated_hours_ago", Kind.HOURS, "requester_updated_at"),
    Field("assignee_updated_hours_ago", Kind.HOURS, "assignee_updated_at"),
)
FIELDS = {field.name: field for field in _FIELDS}

OPERATORS: dict[Kind, tuple[str, ...]] = {
    Kind.ORDERED: ("is", "is_not", "less_than", "greater_than"),
    Kind.CHOICE: ("is", "is_not"),
    Kind.REFERENCE: ("is", "is_not", "present", "not_present"),
    Kind.TAGS: ("includes", "not_includes", "present", "not_present"),
    Kind.FLAG: ("is",),
    Kind.HOURS: ("less_than", "greater_than"),
}

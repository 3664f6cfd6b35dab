"""What a table of tickets may show, be ordered by and be grouped by: allowlists (attack 30)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tickets.conditions.custom import PREFIX
from tickets.models import TicketField

LIMIT = 10  # columns of one view, besides the channel and the subject
Text = str | Promise

# Zendesk's names. The channel's picture and the subject always stand at the beginning.
COLUMNS: dict[str, Text] = {
    "nice_id": _("Number"),
    "requester": _("Requester"),
    "organization": _("Organization"),
    "status": _("Status"),
    "priority": _("Priority"),
    "type": _("Type"),
    "group": _("Group"),
    "assignee": _("Assignee"),
    "current_tags": _("Tags"),
    "created": _("Created"),
    "updated": _("Updated"),
    "updated_requester": _("Requester wrote"),
    "updated_assignee": _("Assignee wrote"),
    "assigned": _("Assigned"),
    "due_date": _("Due"),
    "sla_next_breach_at": _("Next SLA breach"),
    "solved": _("Solved"),
    "satisfaction_score": _("Satisfaction"),
    "replies": _("Agent replies"),
    "reopens": _("Reopens"),
    "locale": _("Language"),
}
USUAL = ("requester", "status", "priority", "assignee", "current_tags", "updated")

SORTS: dict[str, tuple[str, Text]] = {
    "updated": ("updated_at", _("latest update")),
    "created": ("created_at", _("when it was made")),
    "nice_id": ("id", _("number")),
    "updated_requester": ("requester_updated_at", _("the requester's latest message")),
    "updated_assignee": ("assignee_updated_at", _("the assignee's latest message")),
    "assigned": ("assigned_at", _("when it was assigned")),
    "due_date": ("due_at", _("due date")),
    "sla_next_breach_at": ("sla_next_breach_at", _("next SLA breach")),
    "solved": ("solved_at", _("when it was solved")),
}

GROUPINGS: dict[str, Text] = {
    "status": _("Status"), "priority": _("Priority"), "type": _("Type"), "group": _("Group"),
    "assignee": _("Assignee"), "requester": _("Requester"), "organization": _("Organization"),
}  # fmt: skip


def column_choices() -> list[tuple[str, str]]:
    """Every column with its heading, custom fields too: one query."""
    fields = TicketField.objects.filter(is_active=True).order_by("position", "id")
    own = [(f"{PREFIX}{row.pk}", row.title) for row in fields]
    return [*((name, str(words)) for name, words in COLUMNS.items()), *own]


def shown_columns(columns: Iterable[str]) -> list[tuple[str, str]]:
    """A view's columns that exist, with their headings; the usual ones when it names none.

    One query when a custom field is named, else none.
    """
    names = [name for name in columns if name != "subject"]
    own = {}
    keys = [name.removeprefix(PREFIX) for name in names if name.startswith(PREFIX)]
    if keys:
        rows = TicketField.objects.filter(pk__in=[key for key in keys if key.isdecimal()])
        own = {f"{PREFIX}{row.pk}": row.title for row in rows}
    known = {**COLUMNS, **own}
    shown = [(name, str(known[name])) for name in names if name in known]
    return shown[:LIMIT] or [(name, str(COLUMNS[name])) for name in USUAL]

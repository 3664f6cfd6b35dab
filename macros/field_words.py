"""Changes of a ticket in words, before → after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from accounts.models import Group, User
from tickets.models import (
    UNTIL_REPLY,
    Priority,
    Status,
    Ticket,
    TicketField,
    TicketForm,
    TicketType,
)

NOTHING = "—"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """`value` is the new one as it is stored, for those who need more than words."""

    name: str
    label: str
    before: str
    after: str
    value: Any = None


def differences(before: Ticket, after: Ticket, fields: Mapping[str, Any]) -> list[FieldChange]:
    """What is different, in the order of the properties; `fields` names followers to be added."""
    found = [
        FieldChange(name, str(label), words(getattr(before, name)), words(getattr(after, name)),
                    getattr(after, name))
        for name, label, words in _columns()
        if getattr(before, name) != getattr(after, name)
    ]  # fmt: skip
    found += _custom(before, after)
    if follower_ids := fields.get("follower_ids"):
        people = User.objects.filter(pk__in=follower_ids).order_by("name", "id")
        names = ", ".join(person.display_name for person in people)
        found.append(FieldChange("follower_ids", _("Followers"), "", names, list(follower_ids)))
    return found


def _columns() -> list[tuple[str, str, Any]]:
    return [
        ("subject", _("Subject"), lambda value: value or NOTHING),
        ("status", _("Status"), lambda value: str(Status(value).label)),
        ("priority", _("Priority"), lambda value: str(Priority(value).label) if value else NOTHING),
        ("type", _("Type"), lambda value: str(TicketType(value).label) if value else NOTHING),
        ("group_id", _("Group"), _group),
        ("assignee_id", _("Assignee"), _person),
        ("form_id", _("Form"), _form),
        ("snoozed_until", _("Snooze"), _snooze),
    ]


def _group(pk: int | None) -> str:
    group = Group.objects.filter(pk=pk).first() if pk else None
    return group.name if group else NOTHING


def _form(pk: int | None) -> str:
    form = TicketForm.objects.filter(pk=pk).first() if pk else None
    return form.title if form else NOTHING


def _snooze(until: datetime | None) -> str:
    if until == UNTIL_REPLY:
        return _("until the customer replies")
    return formats.date_format(timezone.localtime(until), "j M, H:i") if until else NOTHING


def _person(pk: int | None) -> str:
    person = User.objects.filter(pk=pk).first() if pk else None
    return person.display_name if person else NOTHING


def _custom(before: Ticket, after: Ticket) -> list[FieldChange]:
    keys = sorted({*before.custom_fields, *after.custom_fields})
    changed = [key for key in keys if before.custom_fields.get(key) != after.custom_fields.get(key)]
    if not changed:
        return []
    titles = dict(TicketField.objects.filter(pk__in=changed).values_list("pk", "title"))
    return [
        FieldChange(
            f"custom_fields_{key}", titles.get(int(key), key),
            _plain(before.custom_fields.get(key)), _plain(after.custom_fields.get(key)),
            after.custom_fields.get(key),
        )
        for key in changed
    ]  # fmt: skip


def _plain(value: Any) -> str:
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)

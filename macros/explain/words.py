"""Fields, values and events of a ticket in plain words, before → after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import clock
from macros.models import Metric
from tickets.conditions.custom import PREFIX
from tickets.conditions.words import Names
from tickets.models import (
    UNTIL_REPLY,
    AuditEvent,
    EventType,
    Priority,
    Score,
    Status,
    TicketField,
    TicketType,
)

Text = str | Promise
NAMES_SHOWN = 5  # people in one sentence


@dataclass(frozen=True, slots=True)
class Known:
    """A property: its label, and how its values read. `refers_to` as conditions name it."""

    label: Text
    choices: Mapping[str, Text] | None = None
    refers_to: str = ""
    is_list: bool = False
    is_moment: bool = False


FIELDS: dict[str, Known] = {
    "status": Known(gettext_lazy("Status"), dict(Status.choices)),
    "priority": Known(gettext_lazy("Priority"), dict(Priority.choices)),
    "type": Known(gettext_lazy("Type"), dict(TicketType.choices)),
    "group_id": Known(gettext_lazy("Group"), refers_to="group"),
    "assignee_id": Known(gettext_lazy("Assignee"), refers_to="agent"),
    "requester_id": Known(gettext_lazy("Requester"), refers_to="agent"),
    "organization_id": Known(gettext_lazy("Organization"), refers_to="organization"),
    "schedule_id": Known(gettext_lazy("Business hours"), refers_to="schedule"),
    "subject": Known(gettext_lazy("Subject")),
    "problem_id": Known(gettext_lazy("Problem")),
    "due_at": Known(gettext_lazy("Due"), is_moment=True),
    "form_id": Known(gettext_lazy("Form"), refers_to="form"),
    "snoozed_until": Known(gettext_lazy("Snooze"), is_moment=True),
    "tags": Known(gettext_lazy("Tags"), is_list=True),
    "cc_ids": Known("CC", refers_to="agent", is_list=True),
    "follower_ids": Known(gettext_lazy("Followers"), refers_to="agent", is_list=True),
    "satisfaction": Known(gettext_lazy("Satisfaction"), dict(Score.choices)),
    "sla_policy": Known(gettext_lazy("SLA policy")),
}
_CHANGES = (EventType.CHANGE, EventType.CREATE, EventType.CC, EventType.FOLLOWER,
            EventType.SATISFACTION, EventType.SLA_TARGET)  # fmt: skip


def known_field(name: str, titles: Mapping[str, str]) -> Known | None:
    """What is known of a property; `titles` are those of custom fields, by id as text."""
    if name.startswith(PREFIX):
        title = titles.get(name.removeprefix(PREFIX))
        return Known(title) if title else None
    return FIELDS.get(name)


def titles_of_fields(events: Iterable[AuditEvent]) -> dict[str, str]:
    """The titles of the custom fields that events name: one query, none when none is named."""
    ids = {
        event.field_name.removeprefix(PREFIX)
        for event in events
        if event.field_name.startswith(PREFIX)
    }
    return titles_of(ids)


def titles_of(ids: Iterable[str]) -> dict[str, str]:
    """Titles of custom fields by id as text, of inactive ones too."""
    numbers = [pk for pk in ids if pk.isdecimal()]
    if not numbers:
        return {}
    rows = TicketField.objects.filter(pk__in=numbers).values_list("pk", "title")
    return {str(pk): title for pk, title in rows}


def ids_in(events: Iterable[AuditEvent]) -> dict[str, set[int]]:
    """What events mention by id, for tickets.conditions.words.names_in."""
    found: dict[str, set[int]] = {}
    for event in events:
        if event.type == EventType.NOTIFICATION:
            found.setdefault("agent", set()).update((event.value or {}).get("recipients", []))
            continue
        known = FIELDS.get(event.field_name)
        if known and known.refers_to and event.type in _CHANGES:
            for value in (event.previous_value, event.value):
                pks = value if isinstance(value, list) else [value]
                found.setdefault(known.refers_to, set()).update(
                    pk for pk in pks if isinstance(pk, int)
                )
    return found


def value_words(known: Known, value: Any, names: Names) -> str:
    """`Urgent`, `Alice Archer`, `empty`."""
    if value in (None, "", []):
        return _("empty")
    if isinstance(value, list):
        return ", ".join(_one(known, each, names) for each in value)
    return _one(known, value, names)


def _one(known: Known, value: Any, names: Names) -> str:
    if known.refers_to and isinstance(value, int):
        return names.of(known.refers_to, value)
    if known.choices is not None:
        return str(known.choices.get(str(value), value))
    if known.is_moment and (at := parse_datetime(str(value))):
        return _("until the customer replies") if at == UNTIL_REPLY else moment(at)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)


def moment(at: datetime) -> str:
    """`21 Nov, 10:04` in the reader's time zone; with the year when it is another one."""
    local = timezone.localtime(at)
    this_year = local.year == timezone.localtime(clock.now()).year
    return f"{date_format(local, 'j M' if this_year else 'j M Y')}, {local:%H:%M}"


def change_words(event: AuditEvent, titles: Mapping[str, str], names: Names) -> str:
    """`Priority: Normal → Urgent`, `Tags: + vip`; empty for what is no change of a property."""
    known = known_field(event.field_name, titles)
    if known is None or event.type not in _CHANGES:
        return ""
    label = str(known.label)
    if known.is_list:
        return f"{label}: {_difference(known, event, names)}"
    after = value_words(known, event.value, names)
    if event.type == EventType.CREATE:
        return f"{label}: {after}"
    return f"{label}: {value_words(known, event.previous_value, names)} → {after}"


def _difference(known: Known, event: AuditEvent, names: Names) -> str:
    before, after = list(event.previous_value or []), list(event.value or [])
    added = [f"+ {_one(known, each, names)}" for each in after if each not in before]
    removed = [f"− {_one(known, each, names)}" for each in before if each not in after]
    return ", ".join([*added, *removed])


def event_words(event: AuditEvent, titles: Mapping[str, str], names: Names) -> str:
    """Anything that a rule does, as an agent may read it; empty for what says nothing."""
    match event.type:
        case EventType.NOTIFICATION:
            return _notified(event, names)
        case EventType.COMMENT:
            is_public = (event.value or {}).get("is_public")
            return _("wrote a public reply") if is_public else _("wrote an internal note")
        case EventType.ERROR:
            return _("did not work: %(why)s") % {"why": event.value}
        case EventType.SLA_BREACH:
            return _("noted that a promise was broken: %(metric)s") % {"metric": metric_of(event)}
        case EventType.SLA_WARNING:
            return _("warned of a promise: %(metric)s") % {"metric": metric_of(event)}
    return change_words(event, titles, names)


def metric_of(event: AuditEvent) -> str:
    """The label of an SLA event's metric."""
    known = event.field_name in Metric.values
    return str(Metric(event.field_name).label) if known else event.field_name


def _notified(event: AuditEvent, names: Names) -> str:
    value = event.value or {}
    if event.field_name == "webhook":
        return _("called the webhook “%(name)s”") % {"name": value.get("name", "")}
    recipients = value.get("recipients", [])
    people = ", ".join(names.of("agent", pk) for pk in recipients[:NAMES_SHOWN])
    more = len(recipients) - NAMES_SHOWN
    if more <= 0:
        return _("sent mail to %(people)s") % {"people": people}
    return ngettext(
        "sent mail to %(people)s and %(n)d more", "sent mail to %(people)s and %(n)d more", more
    ) % {"people": people, "n": more}

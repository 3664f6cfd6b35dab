"""What happened on a ticket, in plain words with names instead of ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Group, Organization, User
from macros.models import Metric
from tickets.models import (
    AuditEvent,
    DeliveryKind,
    EventType,
    Priority,
    Score,
    Status,
    TicketField,
    TicketType,
)
from web.agent.deed_words import deed_words, snooze_words
from web.agent.moments import moment_words
from web.side.words import side_words

_PERSON_FIELDS = ("assignee_id", "requester_id")
_PERSON_LISTS = ("cc_ids", "follower_ids")
_VALUED = (EventType.CHANGE, EventType.CREATE)
_CHOICES: dict[str, Any] = {"status": Status, "priority": Priority, "type": TicketType}


@dataclass(frozen=True, slots=True)
class Names:
    """Names of what events mention by id."""

    people: Mapping[int, str]
    groups: Mapping[int, str]
    organizations: Mapping[int, str]
    fields: Mapping[str, str]


def names_in(
    events: Iterable[AuditEvent],
    fields: Iterable[TicketField],
    known: Iterable[User] = (),
    known_groups: Mapping[int, str] | None = None,
    *,
    with_first: bool = False,
) -> Names:
    """The names the events need: at most three queries, none for what is known or not mentioned.

    `with_first`: also those of groups and companies that tickets began with.
    """
    valued = _VALUED if with_first else (EventType.CHANGE,)
    people: set[int] = set()
    groups: set[int] = set()
    organizations: set[int] = set()
    for event in events:
        values = (event.previous_value, event.value)
        if event.field_name in _PERSON_FIELDS:
            people.update(v for v in values if isinstance(v, int))
        elif event.field_name in _PERSON_LISTS:
            people.update(pk for v in values if isinstance(v, list) for pk in v)
        elif event.type == EventType.NOTIFICATION:
            people.update((event.value or {}).get("recipients", []))
        elif event.field_name == "group_id" and event.type in valued:
            groups.update(v for v in values if isinstance(v, int))
        elif event.field_name == "organization_id" and event.type in valued:
            organizations.update(v for v in values if isinstance(v, int))
    names = {person.pk: str(person) for person in known}
    if people := people - names.keys():
        names |= {pk: str(person) for pk, person in User.objects.in_bulk(people).items()}
    return Names(
        people=names,
        groups=_names_of(Group, groups, known_groups or {}),
        organizations=_names_of(Organization, organizations, {}),
        fields={str(field.pk): field.title for field in fields},
    )


def _names_of(
    model: type[Group | Organization], ids: set[int], known: Mapping[int, str]
) -> dict[int, str]:
    names = {pk: known[pk] for pk in ids & known.keys()}
    if asked := ids - known.keys():
        names |= dict(model.objects.filter(pk__in=asked).values_list("pk", "name"))
    return names


def words_of(events: Iterable[AuditEvent], names: Names) -> list[str]:
    """The events that people care about, one phrase each; empty when there are none."""
    return [words for event in events if (words := _words(event, names))]


def _words(event: AuditEvent, names: Names) -> str:
    match event.type:
        case EventType.CHANGE:
            return _change(event, names)
        case EventType.CC:
            return _list(event, names, _("CC"))
        case EventType.FOLLOWER:
            return _list(event, names, _("followers"))
        case EventType.NOTIFICATION:
            return _notification(event, names)
        case EventType.SATISFACTION:
            return _satisfaction(event)
        case EventType.SLA_WARNING | EventType.SLA_BREACH:
            return _sla(event)
        case EventType.RECOVERY:
            return _("recovered from the suspended messages")
        case EventType.COMMENT_PRIVACY:
            return _privacy(event)
        case EventType.AGENT_MACRO:
            return _("used the macro “%(title)s”") % {"title": (event.value or {}).get("title", "")}
        case (
            EventType.SIDE_CREATED
            | EventType.SIDE_REPLY
            | EventType.SIDE_TAKEN_BACK
            | EventType.SIDE_CLOSED
            | EventType.SIDE_REOPENED
        ):
            return side_words(event)
        case EventType.LINK | EventType.MERGE | EventType.UNMERGE | EventType.TIME:
            return deed_words(event)
        case EventType.COMMENT_REDACTION:
            return _("redacted a message")
        case EventType.ATTACHMENT_REDACTION:
            return _("redacted a file")
        case EventType.FIELD_REDACTION:
            key = event.field_name.removeprefix("custom_fields_")
            return _("redacted the field %(title)s") % {
                "title": names.fields.get(key, _("Subject") if key == "subject" else _("a field"))
            }  # fmt: skip
        case EventType.SPLIT:
            return _split(event)
        case EventType.ERROR:
            return _("error: %(what)s") % {"what": event.value}
    return ""


def _change(event: AuditEvent, names: Names) -> str:
    name, before, after = event.field_name, event.previous_value, event.value
    if name.startswith("custom_fields_"):
        title = names.fields.get(name.removeprefix("custom_fields_"), _("a field"))
        return f"{title}: {_plain(after)}"
    describe = _CHANGES.get(name)
    return describe(before, after, names) if describe else f"{name}: {_plain(after)}"


def _status(before: Any, after: Any, names: Names) -> str:
    return f"{_label(Status, before)} → {_label(Status, after)}"


def _assignee(before: Any, after: Any, names: Names) -> str:
    if after is None:
        return _("took the assignee off")
    return _("assigned to %(name)s") % {"name": names.people.get(after, f"#{after}")}


def _group(before: Any, after: Any, names: Names) -> str:
    if after is None:
        return _("took the group off")
    return _("group %(name)s") % {"name": names.groups.get(after, f"#{after}")}


def _requester(before: Any, after: Any, names: Names) -> str:
    return _("requester %(name)s") % {"name": names.people.get(after, f"#{after}")}


def _organization(before: Any, after: Any, names: Names) -> str:
    if after is None:
        return _("took the organization off")
    return _("organization %(name)s") % {"name": names.organizations.get(after, f"#{after}")}


def _tags(before: Any, after: Any, names: Names) -> str:
    added = [tag for tag in after or [] if tag not in (before or [])]
    removed = [tag for tag in before or [] if tag not in (after or [])]
    parts = []
    if added:
        parts.append(_("added tag %(tags)s") % {"tags": ", ".join(added)})
    if removed:
        parts.append(_("removed tag %(tags)s") % {"tags": ", ".join(removed)})
    return ", ".join(parts)


def _problem(before: Any, after: Any, names: Names) -> str:
    if after is None:
        return _("no longer linked to problem #%(number)s") % {"number": before}
    return _("linked to problem #%(number)s") % {"number": after}


def _moved(before: Any, after: Any, names: Names) -> str:
    return _("moved the reply to %(when)s") % {"when": moment_words(datetime.fromisoformat(after))}


_CHANGES: dict[str, Callable[[Any, Any, Names], str]] = {
    "status": _status,
    "assignee_id": _assignee,
    "group_id": _group,
    "requester_id": _requester,
    "organization_id": _organization,
    "tags": _tags,
    "problem_id": _problem,
    "priority": lambda b, a, n: _("priority %(word)s") % {"word": _label(Priority, a)},
    "type": lambda b, a, n: _("type %(word)s") % {"word": _label(TicketType, a)},
    "subject": lambda b, a, n: _("subject was “%(old)s”") % {"old": b or "—"},
    "due_at": lambda b, a, n: _("due %(when)s") % {"when": (a or "—")[:10]},
    "external_id": lambda b, a, n: _("external id %(id)s") % {"id": _plain(a)},
    "form_id": lambda b, a, n: _("changed the form"),
    "snoozed_until": lambda b, a, n: snooze_words(a),
    "send_at": _moved,
    "deleted": lambda b, a, n: _("deleted") if a else _("restored"),
}


def _sla(event: AuditEvent) -> str:
    metric = str(Metric(event.field_name).label)
    if event.type == EventType.SLA_BREACH:
        return _("SLA breached: %(metric)s") % {"metric": metric}
    part = round((event.value or {}).get("fraction", 0) * 100)
    return _("SLA warning: %(metric)s, %(part)d %% of the time has passed") % {
        "metric": metric, "part": part,
    }  # fmt: skip


def _privacy(event: AuditEvent) -> str:
    match event.cause.get("reason"):
        case "paused":
            return _("wrote first, so the scheduled reply was held back")
        case "released":
            return _("sent the reply that was held back")
        case "hidden":
            return _("made a message internal")
        case "withdrawn":
            return _("withdrew a note")
    return ""  # the message itself says it


def _split(event: AuditEvent) -> str:
    number = {"number": (event.value or {}).get("ticket")}
    match event.field_name:
        case "to":
            return _("split a message into #%(number)s") % number
        case "from":
            return _("split from #%(number)s") % number
    return _("took the split into #%(number)s back") % number


def _list(event: AuditEvent, names: Names, title: str) -> str:
    before, after = event.previous_value or [], event.value or []
    added = [names.people.get(pk, f"#{pk}") for pk in after if pk not in before]
    removed = [names.people.get(pk, f"#{pk}") for pk in before if pk not in after]
    signed = [*(f"+{name}" for name in added), *(f"−{name}" for name in removed)]
    return f"{title} {', '.join(signed)}" if signed else ""


def _notification(event: AuditEvent, names: Names) -> str:
    recipients = (event.value or {}).get("recipients", [])
    to = ", ".join(names.people.get(pk, f"#{pk}") for pk in recipients)
    match event.field_name:
        case DeliveryKind.ACKNOWLEDGEMENT:
            return _("acknowledgement mailed to %(names)s") % {"names": to}
        case DeliveryKind.SOLVED_NOTICE:
            return _("told %(names)s that the ticket is solved") % {"names": to}
    return ""  # a reply's deliveries stand under the reply


def _satisfaction(event: AuditEvent) -> str:
    match event.value:
        case Score.OFFERED:
            return _("asked for a rating")
        case Score.GOOD | Score.GOOD_WITH_COMMENT:
            return _("rated the answer good")
        case Score.BAD | Score.BAD_WITH_COMMENT:
            return _("rated the answer bad")
    return ""


def _label(choices: Any, value: Any) -> str:
    return str(choices(value).label) if value in choices.values else "—"


def _plain(value: Any) -> str:
    return "—" if value in (None, "") else str(value)


def value_words(name: str, value: Any, names: Names) -> str:
    """A field's value as it stands in an event, with names instead of ids."""
    if value in (None, "", []):
        return "—"
    if name in _CHOICES:
        return _label(_CHOICES[name], value)
    known: Mapping[str, Mapping[int, str]] = {
        "group_id": names.groups, "organization_id": names.organizations,
        "assignee_id": names.people, "requester_id": names.people,
    }  # fmt: skip
    if name in known:
        return known[name].get(value, f"#{value}")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)

"""The history of people and what speaks for a merge, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.duplicates import Evidence
from accounts.models import IdentityKind, PeopleEvent, PeopleEventKind, User

FIELDS = {
    "name": gettext_lazy("Name"), "role": gettext_lazy("Role"),
    "organization_id": gettext_lazy("Organization"), "language": gettext_lazy("Language"),
    "time_zone": gettext_lazy("Time zone"), "signature": gettext_lazy("Signature"),
    "notes": gettext_lazy("Notes"), "tags": gettext_lazy("Tags"),
    "domains": gettext_lazy("Domains"), "sharing": gettext_lazy("Shared requests"),
    "organization_access": gettext_lazy("Requests of colleagues"),
    "organization": gettext_lazy("Organization"),
    "prefers": gettext_lazy("Prefers answers by"),
}  # fmt: skip

_EVIDENCE = {
    "name": gettext_lazy("the same name"),
    "domain": gettext_lazy("both write from %(value)s"),
    "organization": gettext_lazy("both belong to %(value)s"),
    "number": gettext_lazy("the same number %(value)s"),
    "handle": gettext_lazy("the same name elsewhere: %(value)s"),
    "mailbox": gettext_lazy("both addresses begin with “%(value)s”"),
}
SHOWN = 300  # letters of a value


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a history: `what` happened, from and to which value (empty where none)."""

    what: str
    previous: str
    value: str
    author: User | None
    channel: str
    at: datetime


def evidence_words(evidence: Evidence) -> str:
    return str(_EVIDENCE[evidence.kind]) % {"value": evidence.value}


def told(event: PeopleEvent, titles: Mapping[str, str], companies: Mapping[int, str]) -> Told:
    """An event in words; `titles` of custom fields by key, names of companies by id."""
    what, previous, value = _parts(event, titles, companies)
    return Told(
        what=what, previous=previous[:SHOWN], value=value[:SHOWN], author=event.author,
        channel=event.channel, at=event.created_at,
    )  # fmt: skip


def _parts(
    event: PeopleEvent, titles: Mapping[str, str], companies: Mapping[int, str]
) -> tuple[str, str, str]:
    previous, value = event.previous_value, event.value
    match event.kind:
        case PeopleEventKind.CREATED:
            return _("Added"), "", ""
        case PeopleEventKind.SUSPENDED:
            return _("Suspended"), "", str(value or "")
        case PeopleEventKind.RELEASED:
            return _("Suspension lifted"), "", ""
        case PeopleEventKind.MERGED:
            into = event.field_name == "into"
            return (_("Merged into") if into else _("Merged with")), "", _name(value)
        case PeopleEventKind.UNMERGED:
            return _("Merge undone"), "", _name(value)
        case PeopleEventKind.IDENTITY_ADDED:
            return _("Added: %(kind)s") % {"kind": _kind(event)}, "", str(value)
        case PeopleEventKind.IDENTITY_REMOVED:
            return _("Removed: %(kind)s") % {"kind": _kind(event)}, str(previous), ""
        case PeopleEventKind.IDENTITY_CHANGED:
            return _identity_change(event), str(previous or ""), str(value)
    return _changed(event, titles, companies)


def _identity_change(event: PeopleEvent) -> str:
    is_primary = event.field_name.endswith(".primary")
    words = _("First %(kind)s") if is_primary else _("Verified: %(kind)s")
    return words % {"kind": _kind(event)}


def _changed(
    event: PeopleEvent, titles: Mapping[str, str], companies: Mapping[int, str]
) -> tuple[str, str, str]:
    name = event.field_name
    if name == "people":
        return _("People taken in by domain"), "", str(event.value)
    if name == "organization_id":

        def company(pk: Any) -> str:
            return companies.get(pk, f"#{pk}") if pk else ""

        return str(FIELDS[name]), company(event.previous_value), company(event.value)
    title = titles.get(name.partition(".")[2], name) if "." in name else str(FIELDS.get(name, name))
    return title, _plain(event.previous_value), _plain(event.value)


def _kind(event: PeopleEvent) -> str:
    kind = event.field_name.partition(".")[0]
    return str(IdentityKind(kind).label) if kind in IdentityKind.values else kind


def _name(value: Any) -> str:
    return f"{value.get('name', '')} (#{value.get('id', '')})" if isinstance(value, dict) else ""


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)

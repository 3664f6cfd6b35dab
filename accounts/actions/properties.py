"""Properties of people and organizations in the form in which they are stored."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _

from accounts.errors import InvalidPerson
from accounts.models import IdentityKind, PersonField, PersonFieldType, Sharing

TAGS_LIMIT, TAG_LENGTH, NOTES_LENGTH, TEXT_LENGTH = 50, 80, 50_000, 1_000


def clean_name(name: str) -> str:
    """One line of printable letters, at most 200: what mail and databases can carry (attack 11)."""
    printable = "".join(letter if letter.isprintable() else " " for letter in name)
    return " ".join(printable.split())[:200]


def clean_text(text: str) -> str:
    """Text of several lines without what PostgreSQL cannot hold."""
    bare = text.replace("\r\n", "\n").replace("\0", "")
    return bare.encode("utf-8", "replace").decode().strip()[:NOTES_LENGTH]


def clean_tags(tags: Sequence[str]) -> list[str]:
    """Lower case, no spaces, each once, in the order given. Raises InvalidPerson."""
    found = list(dict.fromkeys("_".join(clean_name(tag).lower().split()) for tag in tags))
    found = [tag for tag in found if tag]
    if len(found) > TAGS_LIMIT:
        raise InvalidPerson("tags", _("There can be at most 50 tags."))
    if any(len(tag) > TAG_LENGTH for tag in found):
        raise InvalidPerson("tags", _("A tag can have at most 80 letters."))
    return found


def clean_sharing(sharing: str) -> str:
    """One of Sharing. Raises InvalidPerson."""
    if sharing not in Sharing.values:
        raise InvalidPerson("sharing", _("Choose from the list."))
    return sharing


def clean_time_zone(name: str) -> str:
    """An IANA name, or nothing. Raises InvalidPerson."""
    try:
        return str(ZoneInfo(name)) if name else ""
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidPerson("time_zone", _("This time zone is not known.")) from error


def clean_language(tag: str) -> str:
    """A tag such as `pt-BR`, or nothing. Raises InvalidPerson."""
    parts = tag.replace("_", "-").split("-")
    if tag and (
        len(tag) > 35 or not all(p.isascii() and p.isalnum() and len(p) < 9 for p in parts)
    ):
        raise InvalidPerson("language", _("Choose a language from the list."))
    return "-".join(parts)


def clean_kind(kind: str) -> str:
    """A kind of identity, or nothing. Raises InvalidPerson."""
    if kind and kind not in IdentityKind.values:
        raise InvalidPerson("prefers", _("Choose one of the list."))
    return kind


def merged_custom_fields(
    owner: str, present: Mapping[str, Any], given: Mapping[str, Any]
) -> dict[str, Any]:
    """The values after a change: those given, by key, over those present; an empty one goes.

    Raises InvalidPerson for a key that is no active field, or a value that its type cannot hold.
    """
    if not given:
        return dict(present)
    fields = {field.key: field for field in PersonField.objects.filter(owner=owner, is_active=True)}
    values = dict(present)
    for key, raw in given.items():
        if key not in fields:
            raise InvalidPerson("custom_fields", _("There is no field %(key)s.") % {"key": key})
        value = custom_value(fields[key], raw)
        if value is None:
            values.pop(key, None)
        else:
            values[key] = value
    return values


def custom_value(field: PersonField, raw: Any) -> Any:
    """A value as JSON keeps it; None for none. Raises InvalidPerson naming the field."""
    if raw is None or raw == "":
        return None
    name = f"custom_fields.{field.key}"
    match field.type:
        case PersonFieldType.CHECKBOX:
            return str(raw).lower() in ("true", "1", "on", "yes")
        case PersonFieldType.NUMBER:
            return _number(name, raw)
        case PersonFieldType.DATE:
            try:
                return date.fromisoformat(str(raw)[:10]).isoformat()
            except ValueError as error:
                raise InvalidPerson(name, _("Write a date as 2026-01-31.")) from error
        case PersonFieldType.CHOICE:
            if raw not in field.options:
                raise InvalidPerson(name, _("Choose one of the list."))
            return raw
    return clean_text(str(raw))[:TEXT_LENGTH] or None


def _number(name: str, raw: Any) -> int | float:
    try:
        number = float(str(raw).replace(",", "."))
    except ValueError as error:
        raise InvalidPerson(name, _("Write a number.")) from error
    if not math.isfinite(number) or abs(number) > 1e15:
        raise InvalidPerson(name, _("Write a number."))
    return int(number) if number == int(number) else number

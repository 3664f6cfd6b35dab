"""Custom fields of people and organizations."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.properties import clean_name
from accounts.actor import Actor
from accounts.errors import InvalidPerson, NotPermitted
from accounts.models import FieldOwner, PersonField, PersonFieldType
from accounts.roles import Permission
from core import clock

LIMIT, OPTIONS_LIMIT = 100, 200
_KEY = re.compile(r"[a-z][a-z0-9_]{0,58}")


@transaction.atomic
def save_person_field(
    *,
    actor: Actor,
    owner: str,
    key: str,
    title: str,
    type: str,
    options: Sequence[str] = (),
    is_active: bool = True,
) -> PersonField:
    """Make a field, or change title, choices and whether it is in use; key and type stay.

    Raises NotPermitted, InvalidPerson.
    """
    if not actor.can(Permission.MANAGE_RULES):
        raise NotPermitted
    title = clean_name(title)[:100]
    choices = list(dict.fromkeys(clean_name(option)[:100] for option in options if option.strip()))
    _require_possible(owner, key, title, type, choices)
    now = clock.now()
    rows = PersonField.objects.filter(owner=owner)
    field = rows.select_for_update().filter(key=key).first()
    if field is None:
        if rows.count() >= LIMIT:
            raise InvalidPerson("key", _("There can be at most 100 fields."))
        field = PersonField(
            owner=owner, key=key, type=type, position=rows.count(), created_at=now
        )  # fmt: skip
    elif field.type != type:
        raise InvalidPerson("type", _("The type of a field cannot be changed."))
    field.title, field.options, field.is_active, field.updated_at = title, choices, is_active, now
    field.save()
    return field


def _require_possible(owner: str, key: str, title: str, type: str, options: list[str]) -> None:
    if owner not in FieldOwner.values or type not in PersonFieldType.values:
        raise InvalidPerson("type", _("Choose the kind of the field from the list."))
    if not _KEY.fullmatch(key):
        raise InvalidPerson(
            "key", _("A key has small letters, digits and “_”, and begins with a letter.")
        )
    if not title:
        raise InvalidPerson("title", _("Write the field's name."))
    if type == PersonFieldType.CHOICE and not 1 <= len(options) <= OPTIONS_LIMIT:
        raise InvalidPerson("options", _("Write between 1 and 200 choices, one a line."))

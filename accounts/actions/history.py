"""Writing down who changed what about a person or an organization; part of other actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accounts.actor import Actor
from accounts.models import Organization, PeopleEvent, PeopleEventKind, User
from core import clock


def note(
    actor: Actor,
    about: User | Organization,
    kind: str,
    *,
    field: str = "",
    previous: Any = None,
    value: Any = None,
) -> None:
    """One event of the history, in the caller's transaction."""
    is_person = isinstance(about, User)
    PeopleEvent.objects.create(
        person_id=about.pk if is_person else None,
        organization_id=None if is_person else about.pk,
        author_id=actor.user_id, channel=actor.channel, kind=kind, field_name=field,
        previous_value=previous, value=value, created_at=clock.now(),
    )  # fmt: skip


def note_on_people(
    actor: Actor, people: Sequence[int], kind: str, *, field: str, previous: Any
) -> None:
    """The same event for many people: one statement."""
    now = clock.now()
    PeopleEvent.objects.bulk_create(
        PeopleEvent(
            person_id=pk, author_id=actor.user_id, channel=actor.channel, kind=kind,
            field_name=field, previous_value=previous, created_at=now,
        )
        for pk in people
    )  # fmt: skip


def note_changes(
    actor: Actor, about: User | Organization, before: dict[str, Any], given: dict[str, Any]
) -> None:
    """One event for each property; of custom fields one for each key that differs."""
    for name, value in given.items():
        if name != "custom_fields":
            note(actor, about, PeopleEventKind.CHANGED, field=name,
                 previous=before[name], value=value)  # fmt: skip
            continue
        for key in sorted(before[name].keys() | value.keys()):
            if before[name].get(key) != value.get(key):
                note(actor, about, PeopleEventKind.CHANGED, field=f"custom_fields.{key}",
                     previous=before[name].get(key), value=value.get(key))  # fmt: skip

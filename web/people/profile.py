"""A person as pages show them: who they are, how they are reached, what may be changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _

from accounts import policies
from accounts.actions.merging import UNDO_WITHIN
from accounts.actor import Actor
from accounts.models import (
    FieldOwner,
    Identity,
    IdentityKind,
    Organization,
    PersonField,
    PersonMerge,
    Sharing,
    User,
)
from accounts.roles import Permission
from accounts.teams import identities_of
from channels_in.social.names import names_of
from core import clock


@dataclass(frozen=True, slots=True)
class Custom:
    """A custom field with its value as people read it; None for none."""

    field: PersonField
    value: Any

    @property
    def name(self) -> str:
        return f"custom-{self.field.key}"


@dataclass(frozen=True, slots=True)
class Profile:
    person: User
    identities: list[Identity]
    names: dict[int, str]  # of identities, where people call them something else
    fields: list[Custom]
    local_time: datetime | None
    may_edit: bool
    may_suspend: bool

    @property
    def ways(self) -> list[tuple[Identity, str]]:
        """Each identity with what people read; its value stays what it is known by."""
        return [(each, self.names.get(each.pk, each.value)) for each in self.identities]

    @property
    def access(self) -> str:
        """What they may do with requests of colleagues, and whether everybody there may."""
        person = self.person
        shared = person.organization.sharing if person.organization else ""
        own = person.organization_access
        if not (own or shared):
            return ""
        widest = Sharing.COMMENT if Sharing.COMMENT in (own, shared) else Sharing.VIEW
        words = str(Sharing(widest).label)
        return words if own == widest else _("%(what)s, as all of them") % {"what": words}

    @property
    def has_several_kinds(self) -> bool:
        """Whether there is anything to prefer."""
        kinds = {each.kind for each in self.identities} - {IdentityKind.EXTERNAL}
        return len(kinds) > 1 or bool(self.person.prefers)

    @property
    def prefers(self) -> str:
        kind = self.person.prefers
        return str(IdentityKind(kind).label) if kind in IdentityKind.values else ""

    @property
    def has_several_addresses(self) -> bool:
        return sum(each.kind == IdentityKind.EMAIL for each in self.identities) > 1


def preferences(person: User) -> list[tuple[str, str]]:
    """The kinds of addresses that a person has and can be answered at."""
    kinds = {each.kind for each in identities_of(person)} - {IdentityKind.EXTERNAL}
    return [(kind, str(label)) for kind, label in IdentityKind.choices if kind in kinds]


def profile_of(person: User, actor: Actor) -> Profile:
    """Two queries, three for somebody from a network that numbers its people; the organization
    must be loaded.
    """
    may_edit = policies.may_edit(actor, person)
    identities = identities_of(person)
    return Profile(
        person=person,
        identities=identities,
        names=names_of(person, identities),
        fields=customs_of(FieldOwner.PERSON, person.custom_fields),
        local_time=local_time_of(person),
        may_edit=may_edit,
        may_suspend=may_edit and person.is_customer,
    )


def customs_of(owner: str, values: dict[str, Any]) -> list[Custom]:
    rows = PersonField.objects.filter(owner=owner, is_active=True).order_by("position", "id")
    return [Custom(row, values.get(row.key)) for row in rows]


def local_time_of(person: User) -> datetime | None:
    try:
        zone = ZoneInfo(person.time_zone) if person.time_zone else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
    return clock.now().astimezone(zone) if zone else None


def may_edit_organizations(actor: Actor) -> bool:
    return actor.can(Permission.EDIT_PEOPLE)


def organization_named(text: str) -> Organization | None:
    """The company that was chosen by its name."""
    return Organization.objects.filter(name__iexact=text.strip()[:200]).first()


def merges_into(person: User) -> list[tuple[PersonMerge, datetime]]:
    """Merges into this person that can still be undone, each with the last day for it."""
    since = clock.now() - UNDO_WITHIN
    rows = (
        PersonMerge.objects.select_related("loser", "author")
        .filter(winner=person, undone_at=None, created_at__gt=since)
        .order_by("-created_at", "-id")
    )
    return [(merge, merge.created_at + UNDO_WITHIN - timedelta(days=1)) for merge in rows]

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts import policies
from accounts.actions.devices import end_all_devices
from accounts.actions.history import note, note_changes
from accounts.actions.identities import add_identity
from accounts.actions.properties import (
    clean_kind,
    clean_language,
    clean_name,
    clean_sharing,
    clean_tags,
    clean_text,
    clean_time_zone,
    merged_custom_fields,
)
from accounts.actor import Actor
from accounts.addresses import canonical
from accounts.errors import AddressTaken, NotPermitted, UnknownOrganization
from accounts.models import (
    ApiToken,
    FieldOwner,
    Identity,
    IdentityKind,
    Organization,
    PeopleEventKind,
    User,
)
from accounts.roles import Permission, Role
from core import clock

UNUSABLE = make_password(None)  # nobody can sign in with it; a reset gives a real one


@transaction.atomic
def create_user(
    *,
    actor: Actor,
    name: str,
    email: str | None,
    role: str = Role.CUSTOMER,
    password: str | None = None,
    organization_id: int | None = None,
    language: str = "",
    time_zone: str = "",
    signature: str = "",
    notes: str = "",
    tags: Sequence[str] = (),
    custom_fields: Mapping[str, Any] | None = None,
    is_verified: bool = False,
) -> User:
    """Make a person with their first e-mail identity.

    Raises NotPermitted, InvalidPerson, UnknownOrganization, and AddressTaken when the address
    already belongs to somebody.
    """
    _require_can_make(actor, role)
    _require_organization(organization_id)
    now = clock.now()
    email = canonical(email) if email else None
    if email and Identity.objects.filter(kind=IdentityKind.EMAIL, value=email).exists():
        raise AddressTaken(f"{email} already belongs to a person.")
    user = User(
        name=clean_name(name), email=email, role=role, organization_id=organization_id,
        language=language, time_zone=time_zone, signature=signature, notes=notes,
        tags=clean_tags(tags),
        custom_fields=merged_custom_fields(FieldOwner.PERSON, {}, custom_fields or {}),
        created_at=now, updated_at=now,
    )  # fmt: skip
    user.set_password(password)
    user.save()
    note(actor, user, PeopleEventKind.CREATED)
    if email:
        add_identity(
            actor=actor, user=user, kind=IdentityKind.EMAIL, value=email,
            is_primary=True, is_verified=is_verified,
        )  # fmt: skip
    return user


@dataclass(frozen=True, slots=True)
class UserChanges:
    """What to change about a person; None leaves a property as it is.

    `organization_id` 0 takes the person out of theirs; `custom_fields` has the keys that change.
    """

    name: str | None = None
    role: str | None = None
    organization_id: int | None = None
    language: str | None = None
    time_zone: str | None = None
    signature: str | None = None
    notes: str | None = None
    tags: Sequence[str] | None = None
    custom_fields: Mapping[str, Any] | None = None
    organization_access: str | None = None
    prefers: str | None = None

    def given(self) -> dict[str, Any]:
        pairs = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: value for name, value in pairs if value is not None}


OWN_FIELDS = {"name", "language", "time_zone", "signature"}


@transaction.atomic
def update_user(*, actor: Actor, user_id: int, changes: UserChanges) -> User:
    """Change a person's properties; the history says who did.

    Raises NotPermitted, InvalidPerson, UnknownOrganization; User.DoesNotExist for an unknown id.

    Agents edit customers, who manages the team edits everybody, people their own name, language,
    time zone and signature. Only who manages the team gives roles, never to themselves (attack 33).
    """
    user = User.objects.select_for_update().get(pk=user_id)
    wanted = _cleaned(user, changes.given())
    given = {name: value for name, value in wanted.items() if getattr(user, name) != value}
    _require_can_change(actor, user, given)
    _require_organization(given.get("organization_id"))
    if not given:
        return user
    before = {name: getattr(user, name) for name in given}
    for name, value in given.items():
        setattr(user, name, value)
    user.updated_at = clock.now()
    user.save(update_fields=[*given, "updated_at"])
    note_changes(actor, user, before, given)
    return user


def _cleaned(user: User, given: dict[str, Any]) -> dict[str, Any]:
    clean: dict[str, Any] = {
        "name": clean_name, "tags": clean_tags, "notes": clean_text, "signature": clean_text,
        "language": clean_language, "time_zone": clean_time_zone, "prefers": clean_kind,
        "organization_access": clean_sharing,
        "organization_id": lambda pk: pk or None,
        "custom_fields": lambda values: merged_custom_fields(
            FieldOwner.PERSON, user.custom_fields, values
        ),
    }  # fmt: skip
    return {name: clean[name](value) if name in clean else value for name, value in given.items()}


def _require_can_change(actor: Actor, user: User, given: Mapping[str, Any]) -> None:
    is_self = actor.user_id == user.pk
    if "role" in given and (is_self or not actor.can(Permission.MANAGE_TEAM)):
        raise NotPermitted("Only administrators may give roles, and not to themselves.")
    if is_self and given.keys() <= OWN_FIELDS:
        return
    policies.require_can_edit(actor, user)


def _require_organization(organization_id: int | None) -> None:
    if organization_id and not Organization.objects.filter(pk=organization_id).exists():
        raise UnknownOrganization(organization_id)


def _require_can_make(actor: Actor, role: str) -> None:
    needed = Permission.EDIT_PEOPLE if role == Role.CUSTOMER else Permission.MANAGE_TEAM
    if not actor.can(needed):
        raise NotPermitted("Only administrators may add staff; agents may add customers.")


@transaction.atomic
def verify_addresses(*, emails: Collection[str]) -> None:
    """Note that mail from these addresses has been proven to come from their owners."""
    Identity.objects.filter(
        kind=IdentityKind.EMAIL, value__in=list(emails), verified_at=None
    ).update(verified_at=clock.now())


def set_password(*, actor: Actor, user: User, password: str) -> None:
    """Change a password; every other session and every API token of the person ends (attack 39)."""
    if actor.user_id != user.pk and not actor.can(Permission.MANAGE_TEAM):
        raise NotPermitted
    user.set_password(password)
    user.updated_at = clock.now()
    user.save(update_fields=["password", "updated_at"])
    ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=user.updated_at)
    end_all_devices(user)


def set_theme(*, actor: Actor, theme: str) -> None:
    """Choose light, dark or the system's appearance for oneself."""
    if theme not in dict(User._meta.get_field("theme").flatchoices):
        raise ValueError(f"unknown theme {theme!r}")
    User.objects.filter(pk=actor.user_id).update(theme=theme)


def set_list_density(*, actor: Actor, density: str) -> None:
    """Choose how close together the rows of one's own lists stand."""
    if density not in dict(User._meta.get_field("list_density").flatchoices):
        raise ValueError(f"unknown density {density!r}")
    User.objects.filter(pk=actor.user_id).update(list_density=density)

"""Customer companies: making them, changing them, taking in their people."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_domain_name
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import policies
from accounts.actions.history import note, note_changes, note_on_people
from accounts.actions.properties import (
    clean_name,
    clean_sharing,
    clean_tags,
    clean_text,
    merged_custom_fields,
)
from accounts.actor import Actor
from accounts.addresses import canonical
from accounts.errors import InvalidPerson
from accounts.models import FieldOwner, Identity, IdentityKind, Organization, PeopleEventKind, User
from accounts.roles import Role
from core import clock

logger = logging.getLogger(__name__)

DOMAINS_LIMIT = 100
ADOPTED_AT_ONCE = 5_000
NOTED_AT_ONCE = 1_000


@transaction.atomic
def create_organization(
    *,
    actor: Actor,
    name: str,
    domains: Sequence[str] = (),
    notes: str = "",
    tags: Sequence[str] = (),
    custom_fields: Mapping[str, Any] | None = None,
    sharing: str = "",
) -> Organization:
    """Make a customer company. Raises NotPermitted, InvalidPerson."""
    policies.require_can_edit_organizations(actor)
    now = clock.now()
    organization = Organization(
        name=_free_name(name), domains=_free_domains(domains), notes=clean_text(notes),
        tags=clean_tags(tags), sharing=clean_sharing(sharing),
        custom_fields=merged_custom_fields(FieldOwner.ORGANIZATION, {}, custom_fields or {}),
        created_at=now, updated_at=now,
    )  # fmt: skip
    organization.save(force_insert=True)
    note(actor, organization, PeopleEventKind.CREATED)
    return organization


@dataclass(frozen=True, slots=True)
class OrganizationChanges:
    """What to change about a company; None leaves a property as it is."""

    name: str | None = None
    domains: Sequence[str] | None = None
    notes: str | None = None
    tags: Sequence[str] | None = None
    custom_fields: Mapping[str, Any] | None = None
    sharing: str | None = None

    def given(self) -> dict[str, Any]:
        pairs = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: value for name, value in pairs if value is not None}


@transaction.atomic
def update_organization(
    *, actor: Actor, organization_id: int, changes: OrganizationChanges
) -> Organization:
    """Change a company's properties; the history says who did.

    Raises NotPermitted, InvalidPerson; Organization.DoesNotExist.
    """
    policies.require_can_edit_organizations(actor)
    row = Organization.objects.select_for_update().get(pk=organization_id)
    clean: dict[str, Any] = {
        "name": lambda name: _free_name(name, but=row.pk),
        "domains": lambda domains: _free_domains(domains, but=row.pk),
        "notes": clean_text,
        "tags": clean_tags,
        "sharing": clean_sharing,
        "custom_fields": lambda values: merged_custom_fields(
            FieldOwner.ORGANIZATION, row.custom_fields, values
        ),
    }
    wanted = {name: clean[name](value) for name, value in changes.given().items()}
    given = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    if not given:
        return row
    before = {name: getattr(row, name) for name in given}
    for name, value in given.items():
        setattr(row, name, value)
    row.updated_at = clock.now()
    row.save(update_fields=[*given, "updated_at"])
    note_changes(actor, row, before, given)
    return row


@transaction.atomic
def delete_organization(*, actor: Actor, organization_id: int) -> None:
    """Take a company away for good. Its people and their tickets stay, and belong to none.

    Each of its people notes it. Raises NotPermitted; Organization.DoesNotExist.
    """
    policies.require_can_edit_organizations(actor)
    row = Organization.objects.select_for_update().get(pk=organization_id)
    people = list(User.objects.filter(organization=row).values_list("pk", flat=True))
    for start in range(0, len(people), NOTED_AT_ONCE):
        note_on_people(
            actor, people[start : start + NOTED_AT_ONCE], PeopleEventKind.CHANGED,
            field="organization", previous=row.name,
        )  # fmt: skip
    User.objects.filter(organization=row).update(organization=None, updated_at=clock.now())
    row.delete()
    logger.info("organization.deleted", extra={"organization": organization_id})


@transaction.atomic
def adopt_people(*, actor: Actor, organization_id: int) -> int:
    """Take in the customers whose address is in one of the company's domains and who belong to no
    company yet; how many came. Raises NotPermitted; Organization.DoesNotExist.
    """
    policies.require_can_edit_organizations(actor)
    row = Organization.objects.select_for_update().get(pk=organization_id)
    ids = list(people_without(row).values_list("pk", flat=True)[:ADOPTED_AT_ONCE])
    if not ids:
        return 0
    came = User.objects.filter(pk__in=ids, organization=None).update(
        organization=row, updated_at=clock.now()
    )
    note(actor, row, PeopleEventKind.CHANGED, field="people", value=came)
    return came


def people_without(row: Organization) -> Any:
    """Customers at the company's domains who belong to no company, as a queryset."""
    if not row.domains:
        return User.objects.none()
    at = Q()
    for domain in row.domains:
        at |= Q(value__endswith=f"@{domain}")
    owners = Identity.objects.filter(at, kind=IdentityKind.EMAIL).values("user_id")
    return User.objects.filter(
        pk__in=owners, organization=None, role=Role.CUSTOMER, merged_into=None
    )


def _free_name(name: str, but: int = 0) -> str:
    name = clean_name(name)
    if not name:
        raise InvalidPerson("name", _("Write the organization's name."))
    if Organization.objects.filter(name__iexact=name).exclude(pk=but).exists():
        raise InvalidPerson("name", _("There is an organization of this name already."))
    return name


def _free_domains(domains: Sequence[str], but: int = 0) -> list[str]:
    wanted = (domain.strip().removeprefix("@").rstrip(".") for domain in domains)
    found = list(dict.fromkeys(canonical(f"x@{domain}")[2:] for domain in wanted if domain))
    if len(found) > DOMAINS_LIMIT:
        raise InvalidPerson("domains", _("There can be at most 100 domains."))
    for domain in found:
        try:
            validate_domain_name(domain)
        except ValidationError as error:
            raise InvalidPerson(
                "domains",
                _("%(domain)s is not a domain, such as example.com.") % {"domain": domain},
            ) from error
    taken = Organization.objects.filter(domains__overlap=found).exclude(pk=but).first()
    if found and taken:
        domain = next(iter(set(found) & set(taken.domains)))
        words = {"domain": domain, "name": taken.name}
        raise InvalidPerson("domains", _("%(domain)s belongs to %(name)s.") % words)
    return found

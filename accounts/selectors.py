"""Reads of people that need the actor."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet

from accounts.actor import Actor
from accounts.models import Device, Identity, IdentityKind, Organization, User
from accounts.models.user import UserQuerySet
from accounts.roles import STAFF, Permission
from accounts.search import found_organizations, found_people
from core import clock


def visible_users(actor: Actor) -> UserQuerySet:
    """Whom an actor may look up: staff everybody, customers themselves."""
    if actor.is_system or (actor.can(Permission.VIEW_TICKETS) and not actor.is_customer):
        return User.objects.all()
    return User.objects.filter(pk=actor.user_id)


def search_users(text: str, actor: Actor) -> QuerySet[User]:
    """People in whom every word of the text occurs (accounts.search), by id; none for no text."""
    return found_people(visible_users(actor).present(), text).order_by("id")


def search_organizations(text: str, actor: Actor) -> QuerySet[Organization]:
    """Companies in which every word occurs (accounts.search), by name; none for customers."""
    if not text.strip() or not actor.can(Permission.VIEW_TICKETS):
        return Organization.objects.none()
    return found_organizations(text).order_by("folded_name", "id")


def staff_addresses(emails: Collection[str]) -> set[str]:
    """Those of the addresses (canonical) that belong to active members of staff."""
    owners = Identity.objects.filter(
        kind=IdentityKind.EMAIL, value__in=list(emails), user__role__in=STAFF, user__is_active=True
    )
    return set(owners.values_list("value", flat=True))


def suspended_addresses(emails: Collection[str]) -> set[str]:
    """Those of the addresses (canonical) that belong to suspended people."""
    owners = Identity.objects.filter(
        kind=IdentityKind.EMAIL, value__in=list(emails), user__suspended_at__isnull=False
    )
    return set(owners.values_list("value", flat=True))


def suspended_handles(handles: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of the (kind, value) pairs of identities that belong to suspended people."""
    values = [value for _, value in handles]
    if not values:
        return set()
    owners = Identity.objects.filter(value__in=values, user__suspended_at__isnull=False)
    return set(owners.values_list("kind", "value")) & set(handles)


def survivors_of(user_ids: Collection[int]) -> dict[int, int]:
    """Who stands for those of the people who were merged into somebody, by id."""
    merged = User.objects.filter(pk__in=list(user_ids), merged_into__isnull=False)
    return {pk: survivor for pk, survivor in merged.values_list("pk", "merged_into_id") if survivor}


def living_devices(user: User) -> QuerySet[Device]:
    """The browsers in which a person is signed in, those used last first."""
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=clock.now())
    return Device.objects.filter(Exists(alive), user=user).order_by("-seen_at", "-id")

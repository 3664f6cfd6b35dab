"""Reads of people that need the actor."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet

from accounts.actor import Actor
from accounts.models import Identity, IdentityKind, User
from accounts.roles import STAFF, Permission


def visible_users(actor: Actor) -> QuerySet[User]:
    """Whom an actor may look up: staff everybody, customers themselves."""
    if actor.is_system or (actor.can(Permission.VIEW_TICKETS) and not actor.is_customer):
        return User.objects.all()
    return User.objects.filter(pk=actor.user_id)


def search_users(text: str, actor: Actor) -> QuerySet[User]:
    """People whose name contains the text or whose address begins with it, by id."""
    text = text.strip()[:200]
    if not text:
        return User.objects.none()
    owners = Identity.objects.filter(kind=IdentityKind.EMAIL, value__startswith=text.lower())
    found = Q(name__icontains=text) | Q(pk__in=owners.values("user_id"))
    return visible_users(actor).filter(found).order_by("id")


def staff_addresses(emails: Collection[str]) -> set[str]:
    """Those of the addresses (canonical) that belong to active members of staff."""
    owners = Identity.objects.filter(
        kind=IdentityKind.EMAIL, value__in=list(emails), user__role__in=STAFF, user__is_active=True
    )
    return set(owners.values_list("value", flat=True))

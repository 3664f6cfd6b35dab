"""Finding the person or company of an address, or answering 404."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from accounts.actor import Actor
from accounts.models import Organization, User
from accounts.selectors import visible_users


def people_for(actor: Actor) -> QuerySet[User]:
    return visible_users(actor).select_related("organization", "merged_into")


def person_for(actor: Actor, user_id: int) -> User:
    """Somebody the actor may look up, with their organization. Raises Http404."""
    return get_object_or_404(people_for(actor), pk=user_id)


def organization_for(organization_id: int) -> Organization:
    return get_object_or_404(Organization, pk=organization_id)

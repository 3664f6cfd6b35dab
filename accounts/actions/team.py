from __future__ import annotations

from django.db import transaction

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.models import Group, Membership, User
from accounts.roles import Permission
from core import clock


def create_group(*, actor: Actor, name: str, description: str = "") -> Group:
    """Make a team. Raises NotPermitted."""
    _require(actor, Permission.MANAGE_TEAM)
    now = clock.now()
    return Group.objects.create(name=name, description=description, created_at=now, updated_at=now)


@transaction.atomic
def add_to_group(*, actor: Actor, user: User, group: Group) -> Membership:
    """Put an agent into a team; the first one becomes their default. Raises NotPermitted."""
    _require(actor, Permission.MANAGE_TEAM)
    is_first = not Membership.objects.filter(user=user, is_default=True).exists()
    membership, _ = Membership.objects.get_or_create(
        user=user, group=group, defaults={"is_default": is_first}
    )
    return membership


def _require(actor: Actor, permission: str) -> None:
    if not actor.can(permission):
        raise NotPermitted

"""Who may change whom (attack 33): agents their customers, who manages the team everybody."""

from __future__ import annotations

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.models import User
from accounts.roles import Permission


def may_edit(actor: Actor, person: User) -> bool:
    """Whether the actor may change somebody's properties, addresses and standing."""
    if person.merged_into_id is not None:
        return False
    if actor.can(Permission.MANAGE_TEAM):
        return True
    return person.is_customer and actor.can(Permission.EDIT_PEOPLE) and not actor.is_customer


def require_can_edit(actor: Actor, person: User) -> None:
    if not may_edit(actor, person):
        raise NotPermitted("Only administrators may edit staff; agents may edit customers.")


def require_can_edit_customer(actor: Actor, person: User) -> None:
    """For what is never done to staff, by nobody: suspending and merging."""
    if not person.is_customer:
        raise NotPermitted("Only customers can be suspended or merged, never staff.")
    require_can_edit(actor, person)


def require_can_edit_organizations(actor: Actor) -> None:
    if not actor.can(Permission.EDIT_PEOPLE):
        raise NotPermitted("You can look at organizations, but not change them.")

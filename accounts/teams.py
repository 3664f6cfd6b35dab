"""Reads: who can take a ticket, and how a person can be reached."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import Group, Identity, IdentityKind, Membership, User
from accounts.roles import ASSIGNABLE


@dataclass(frozen=True, slots=True)
class Team:
    """A group and those of its agents who can take tickets: (id, name) each."""

    group_id: int
    name: str
    agents: list[tuple[int, str]]


def teams() -> list[Team]:
    """Active groups with their active agents, by name: two queries."""
    found = {
        pk: Team(pk, name, [])
        for pk, name in Group.objects.filter(is_active=True)
        .order_by("name", "id")
        .values_list("id", "name")
    }
    rows = (
        Membership.objects.filter(user__is_active=True, user__role__in=ASSIGNABLE)
        .order_by("user__name", "user_id")
        .values_list("group_id", "user_id", "user__name", "user__email")
    )
    for group_id, user_id, name, email in rows:
        if group_id in found:
            found[group_id].agents.append((user_id, name or email or f"#{user_id}"))
    return list(found.values())


def identities_of(person: User) -> list[Identity]:
    """Every way to reach a person, e-mail first."""
    rows = list(person.identities.order_by("-is_primary", "id"))
    return sorted(rows, key=lambda identity: identity.kind != IdentityKind.EMAIL)

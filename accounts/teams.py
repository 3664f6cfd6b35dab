"""Reads: who can take a ticket, and how a person can be reached."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import FilteredRelation, Q

from accounts.models import Group, Identity, IdentityKind, User
from accounts.roles import ASSIGNABLE


@dataclass(frozen=True, slots=True)
class Team:
    """A group and those of its agents who can take tickets: (id, name) each."""

    group_id: int
    name: str
    agents: list[tuple[int, str]]


def teams() -> list[Team]:
    """Active groups with their active agents, by name: one query."""
    agents = FilteredRelation(
        "memberships__user",
        condition=Q(memberships__user__is_active=True, memberships__user__role__in=ASSIGNABLE),
    )
    rows = (
        Group.objects.filter(is_active=True)
        .annotate(agent=agents)
        .order_by("name", "id", "agent__name", "agent__id")
        .values_list("id", "name", "agent__id", "agent__name", "agent__email")
    )
    found: dict[int, Team] = {}
    for group_id, name, user_id, user_name, email in rows:
        team = found.setdefault(group_id, Team(group_id, name, []))
        if user_id is not None:
            team.agents.append((user_id, user_name or email or f"#{user_id}"))
    return list(found.values())


def identities_of(person: User) -> list[Identity]:
    """Every way to reach a person, e-mail first."""
    rows = list(person.identities.order_by("-is_primary", "id"))
    return sorted(rows, key=lambda identity: identity.kind != IdentityKind.EMAIL)

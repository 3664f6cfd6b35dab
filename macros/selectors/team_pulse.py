"""Groups as they stand now: what is open in them, who is there and how much they have."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count

from accounts.actor import Actor
from accounts.models import Group, User
from macros.models import Availability
from macros.routing.kinds import Kind
from macros.routing.team import Seat, seats_of
from tickets import policies

AGENTS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class GroupNow:
    group: Group
    open: int
    unassigned: int
    is_own: bool


@dataclass(frozen=True, slots=True)
class AgentNow:
    """An agent who is there. `used` of `limit` in what they are busiest with."""

    agent: User
    seat: Seat
    used: int
    limit: int

    @property
    def is_full(self) -> bool:
        return self.used >= self.limit


def groups_now(actor: Actor) -> list[GroupNow]:
    """Own groups first, then the others that the actor may know of: three queries.

    Two counts, each of an index of its own; one of both would read every unsolved ticket.
    """
    tickets = policies.visible_tickets(actor).unsolved().order_by().values_list("group_id")
    unsolved = dict(tickets.annotate(n=Count("*")))
    unassigned = dict(tickets.filter(assignee=None).annotate(n=Count("*")))
    groups = Group.objects.filter(is_active=True)
    if actor.ticket_access != "all":
        groups = groups.filter(pk__in=actor.group_ids)
    rows = [
        GroupNow(
            group, unsolved.get(group.pk, 0), unassigned.get(group.pk, 0),
            is_own=group.pk in actor.group_ids
        )
        for group in groups.order_by("name", "pk")
    ]  # fmt: skip
    return sorted(rows, key=lambda row: not row.is_own)


def agents_now(group_ids: Collection[int]) -> tuple[list[AgentNow], int]:
    """Who of these groups is online or away, the freest first, and how many there are in all."""
    there = (Availability.ONLINE, Availability.AWAY)
    people = list(
        User.objects.assignable()
        .filter(memberships__group__in=group_ids, agent_status__state__in=there)
        .select_related("agent_status")
        .distinct()
        .order_by("pk")
    )
    rows = [_agent(agent, seat) for agent, seat in zip(people, seats_of(people), strict=True)]
    rows.sort(key=lambda row: (not row.seat.is_online, row.used / max(1, row.limit), row.agent.pk))
    return rows[:AGENTS_SHOWN], len(rows)


def _agent(agent: User, seat: Seat) -> AgentNow:
    busiest = max(Kind, key=seat.share)
    return AgentNow(agent, seat, seat.used[busiest], seat.limits[busiest])

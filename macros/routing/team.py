"""The agents of a group as routing sees them: state, room, skills, when they were last served."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Count

from accounts.models import Group, Membership, User
from core import locks
from macros.models import (
    AgentSkill,
    AgentTurn,
    Availability,
    Capacity,
    RoutingHouse,
    RoutingMode,
    RoutingSetting,
)
from macros.routing.kinds import Kind, kind_of
from macros.routing.ringing import ringing
from tickets.models import Ticket

Limits = dict[Kind, int]


@dataclass(slots=True)
class Seat:
    """One agent. `used` counts unsolved tickets; `turn` is 0 for who was never served here."""

    user_id: int
    name: str
    state: str
    limits: Limits
    used: Limits
    turn: int = 0
    skills: frozenset[int] = frozenset()

    @property
    def is_online(self) -> bool:
        return self.state == Availability.ONLINE

    def has_room(self, kind: Kind) -> bool:
        return self.used[kind] < self.limits[kind]

    def share(self, kind: Kind) -> float:
        """How much of the capacity is taken: 4 of 20 is less than 1 of 4."""
        return self.used[kind] / max(1, self.limits[kind])

    def load(self, kind: Kind) -> str:
        return f"{self.used[kind]} of {self.limits[kind]}"


@dataclass(slots=True)
class Team:
    """A group with the seats of its active, assignable agents.

    `turns` counts the tickets given out, `turns_before` those when the team was read.
    """

    group_id: int
    name: str
    mode: str
    turns: int = 0
    seats: list[Seat] = field(default_factory=list)
    turns_before: int = 0

    def has_room(self) -> bool:
        """Whether anybody online can take anything at all."""
        return any(seat.is_online and any(map(seat.has_room, Kind)) for seat in self.seats)


def hold_team(group_id: int, *, patience: int) -> bool:
    """Let nobody else give tickets to these agents until the transaction ends.

    Agents in several groups connect those groups: their locks are taken together, so that nobody is
    given more than their capacity from two sides. False when that is not possible within `patience`
    milliseconds.
    """
    rows = Membership.objects.filter(user__memberships__group_id=group_id)
    groups = {group_id, *rows.values_list("group_id", flat=True)}
    return locks.hold_soon([f"routing:{pk}" for pk in groups], patience=patience)


def team_of(group_id: int) -> Team | None:
    """The team as it is now; None when the group is gone or switched off. Eight queries."""
    group = Group.objects.filter(pk=group_id, is_active=True).first()
    if group is None:
        return None
    setting = RoutingSetting.objects.filter(group=group).first()
    mode, turns = (setting.mode, setting.turns) if setting else (RoutingMode.OFF, 0)
    team = Team(group_id, group.name, mode, turns, turns_before=turns)
    members = User.objects.assignable().filter(memberships__group=group)
    team.seats = seats_of(members.select_related("agent_status").order_by("pk"))
    by_id = {seat.user_id: seat for seat in team.seats}
    for user_id, turn in AgentTurn.objects.filter(setting_id=group_id).values_list(
        "user_id", "turn"
    ):
        if user_id in by_id:
            by_id[user_id].turn = turn
    return team


def seats_of(agents: Iterable[User]) -> list[Seat]:
    """Seats of these agents (loaded with agent_status), without turns."""
    people = list(agents)
    ids = [person.pk for person in people]
    limits, used, skills = limits_of(people), used_by(ids), _skills_of(ids)
    return [
        Seat(
            person.pk, person.display_name, state_of(person), limits[person.pk],
            used[person.pk], skills=frozenset(skills.get(person.pk, ())),
        )
        for person in people
    ]  # fmt: skip


def state_of(agent: User) -> str:
    """What holds for an agent now; who has never been seen is offline."""
    status = getattr(agent, "agent_status", None)
    return status.state if status else Availability.OFFLINE


def limits_of(people: Collection[User]) -> dict[int, Limits]:
    """Each agent's own capacity, else that of the role, else the house's."""
    house = RoutingHouse.objects.first() or RoutingHouse()
    rows = list(Capacity.objects.all())
    of_user = {row.user_id: row for row in rows if row.user_id}
    of_role = {row.role: row for row in rows if row.role}
    found = {
        person.pk: of_user.get(person.pk) or of_role.get(person.role) or house for person in people
    }
    return {pk: {kind: getattr(row, kind.value) for kind in Kind} for pk, row in found.items()}


def used_by(user_ids: Collection[int]) -> dict[int, Limits]:
    """Unsolved tickets assigned to each, by what they cost. What rings at them counts already; a
    chat that has ended is answered like mail.
    """
    used = {pk: dict.fromkeys(Kind, 0) for pk in user_ids}
    rows = (
        Ticket.objects.existing()
        .unsolved()
        .filter(assignee_id__in=user_ids)
        .values_list("assignee_id", "channel")
        .annotate(count=Count("id"))
    )
    for user_id, channel, count in rows:
        used[user_id][kind_of(channel)] += count
    for user_id, load in ringing().loads_of(user_ids).items():
        used[user_id][Kind.CHATS] += load.ringing - load.over
        used[user_id][Kind.EMAILS] += load.over
    return used


def _skills_of(user_ids: Collection[int]) -> dict[int, set[int]]:
    skills: dict[int, set[int]] = {}
    rows = AgentSkill.objects.filter(user_id__in=user_ids)
    for user_id, skill_id in rows.values_list("user_id", "skill_id"):
        skills.setdefault(user_id, set()).add(skill_id)
    return skills

"""Routing as its pages show it: groups, agents with their load, skills, what waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, prefetch_related_objects

from accounts.actor import Actor
from accounts.models import Group, User
from accounts.roles import ASSIGNABLE, Role
from core import clock
from macros.actions.routing import RANK
from macros.actions.rules import require_may_edit
from macros.errors import RuleGone
from macros.models import (
    AgentStatus,
    Availability,
    Capacity,
    RoutingHouse,
    RoutingMode,
    RoutingSetting,
    Skill,
    SkillRule,
    WaitingTicket,
)
from macros.routing.kinds import Kind
from macros.routing.team import Seat, seats_of
from tickets import policies
from tickets.conditions import InvalidCondition, Purpose, parse
from tickets.conditions.words import words_of

OwnLimits = list[tuple[Kind, int | None]]

SHOWN = 50  # waiting tickets on the page: the next ones


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group with how its tickets find their agents."""

    group: Group
    mode: str
    reassigns_on_offline: bool
    waiting: int
    online: int
    members: int

    @property
    def is_on(self) -> bool:
        return self.mode != RoutingMode.OFF


@dataclass(frozen=True, slots=True)
class AgentRow:
    """An agent with state and load; `own` is their own capacity, if set."""

    agent: User
    seat: Seat
    status: AgentStatus | None
    own: OwnLimits
    groups: tuple[str, ...]

    @property
    def loads(self) -> list[tuple[Kind, int, int]]:
        return [(kind, self.seat.used[kind], self.seat.limits[kind]) for kind in Kind]


@dataclass(frozen=True, slots=True)
class SkillRow:
    """A skill, who has it, and which tickets need it: each rule in words, or its error."""

    skill: Skill
    holders: list[User]
    rules: list[tuple[SkillRule, list[str], str]]


def load_states(people: Sequence[User]) -> None:
    """Load what is not loaded yet of these people's `agent_status`: one query at most."""
    states = AgentStatus.objects.select_related("chosen_by")
    prefetch_related_objects(people, Prefetch("agent_status", states))


def own_status(person: User) -> AgentStatus:
    """A person's own state; who was never connected is about to be online."""
    load_states([person])
    found: AgentStatus | None = getattr(person, "agent_status", None)
    return found or AgentStatus(user=person, state=Availability.ONLINE, since=clock.now())


def group_rows(actor: Actor) -> list[GroupRow]:
    """Every active group by name. Raises NotPermitted."""
    require_may_edit(actor)
    agents = Q(members__role__in=ASSIGNABLE, members__is_active=True)
    online = agents & Q(members__agent_status__state=Availability.ONLINE)
    groups = Group.objects.filter(is_active=True).annotate(
        agents=Count("members", filter=agents, distinct=True),
        online=Count("members", filter=online, distinct=True),
    )
    settings = RoutingSetting.objects.in_bulk()
    waiting = dict(
        WaitingTicket.objects.values_list("group_id").annotate(count=Count("pk")).order_by()
    )
    return [
        GroupRow(
            group, settings[group.pk].mode if group.pk in settings else RoutingMode.OFF,
            group.pk in settings and settings[group.pk].reassigns_on_offline,
            waiting.get(group.pk, 0), group.online, group.agents,
        )
        for group in groups.order_by("name", "pk")
    ]  # fmt: skip


def waiting_now(actor: Actor) -> list[WaitingTicket]:
    """The tickets given out next that the actor may see. Raises NotPermitted."""
    require_may_edit(actor)
    rows = WaitingTicket.objects.filter(ticket__in=policies.visible_tickets(actor))
    rows = rows.annotate(rank=RANK).select_related("ticket", "group")
    return list(rows.order_by("rank", "queued_at", "ticket_id")[:SHOWN])


def agent_rows(actor: Actor) -> list[AgentRow]:
    """Every agent who can be given tickets, those online first. Raises NotPermitted."""
    require_may_edit(actor)
    agents = list(
        User.objects.assignable()
        .select_related("agent_status__chosen_by")
        .prefetch_related("agent_groups")
        .order_by("name", "pk")
    )
    own = {row.user_id: row for row in Capacity.objects.filter(user__isnull=False)}
    rows = [
        AgentRow(
            agent, seat, getattr(agent, "agent_status", None), _limits(own.get(agent.pk)),
            tuple(sorted(group.name for group in agent.agent_groups.all())),
        )
        for agent, seat in zip(agents, seats_of(agents), strict=True)
    ]  # fmt: skip
    order = {state: number for number, state in enumerate(Availability.values)}
    return sorted(rows, key=lambda row: order[row.seat.state])


def house_capacity(actor: Actor) -> RoutingHouse:
    """What holds for everybody. Raises NotPermitted."""
    require_may_edit(actor)
    return RoutingHouse.objects.first() or RoutingHouse()


def role_capacities(actor: Actor) -> list[tuple[Role, OwnLimits]]:
    """Each role that is given tickets, with its capacity if it has one. Raises NotPermitted."""
    require_may_edit(actor)
    rows = {row.role: row for row in Capacity.objects.filter(role__isnull=False)}
    return [(Role(role), _limits(rows.get(role))) for role in ASSIGNABLE]


def skill_rows(actor: Actor) -> list[SkillRow]:
    """All skills by name. Raises NotPermitted."""
    require_may_edit(actor)
    skills = Skill.objects.prefetch_related("people", "rules").order_by("name", "pk")
    return [_skill_row(skill) for skill in skills]


def skill_for(actor: Actor, skill_id: int) -> SkillRow:
    """One skill. Raises NotPermitted, RuleGone."""
    require_may_edit(actor)
    skill = Skill.objects.prefetch_related("people", "rules").filter(pk=skill_id).first()
    if skill is None:
        raise RuleGone
    return _skill_row(skill)


def _skill_row(skill: Skill) -> SkillRow:
    holders = sorted(skill.people.all(), key=lambda user: user.display_name)
    rules = sorted(skill.rules.all(), key=lambda rule: rule.pk)
    return SkillRow(skill, holders, [(rule, *_said(rule.conditions)) for rule in rules])


def _said(conditions: Mapping[str, object]) -> tuple[list[str], str]:
    try:
        return words_of(parse(conditions, Purpose.SLA)), ""
    except InvalidCondition as error:
        return [], str(error)


def _limits(row: Capacity | None) -> OwnLimits:
    return [(kind, getattr(row, kind.value) if row else None) for kind in Kind]

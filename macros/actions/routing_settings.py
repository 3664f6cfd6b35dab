"""How routing is set up: modes of groups, capacities, skills and what needs them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import IntegrityError, transaction

from accounts.actor import Actor
from accounts.models import Group, User
from accounts.roles import ASSIGNABLE
from core import clock
from core.text import storable
from macros.actions.queue import put_into_queue, wake
from macros.actions.routing_history import kept
from macros.actions.rules import refuse_current_user, require_may_edit
from macros.errors import InvalidRule, RuleGone
from macros.models import (
    AgentSkill,
    Capacity,
    RoutingHouse,
    RoutingMode,
    RoutingPart,
    RoutingSetting,
    Skill,
    SkillRule,
    WaitingTicket,
)
from macros.routing.kinds import Kind
from tickets.conditions import Purpose, as_kept, parse
from tickets.models import Status, Ticket

MOST = 1_000  # tickets of a kind for one agent
LONGEST = 30 * 24 * 60  # minutes that a skill can be waited for
DAY = 24 * 60


@transaction.atomic
def set_routing(
    *, actor: Actor, group_id: int, mode: str, reassigns_on_offline: bool
) -> RoutingSetting:
    """Choose how a group's tickets find their agents; those that wait already are queued.

    Raises NotPermitted, InvalidRule, RuleGone.
    """
    require_may_edit(actor)
    if mode not in RoutingMode.values:
        raise InvalidRule("Choose how the group's tickets are given out from the list.")
    if not Group.objects.filter(pk=group_id, is_active=True).exists():
        raise RuleGone
    with kept(RoutingPart.GROUPS, actor):
        return set_mode(group_id, mode, reassigns_on_offline)


def set_mode(group_id: int, mode: str, reassigns_on_offline: bool) -> RoutingSetting:
    """Write a group's way, within `kept`; its tickets are queued, or are no longer."""
    setting, _ = RoutingSetting.objects.select_for_update().get_or_create(
        group_id=group_id, defaults={"updated_at": clock.now()}
    )
    setting.mode, setting.reassigns_on_offline = mode, reassigns_on_offline
    setting.updated_at = clock.now()
    setting.save(update_fields=["mode", "reassigns_on_offline", "updated_at"])
    if mode == RoutingMode.OFF:
        WaitingTicket.objects.filter(group_id=group_id).delete()
    else:
        looking = Ticket.objects.existing().filter(
            group_id=group_id, assignee=None, status__in=(Status.NEW, Status.OPEN)
        )
        put_into_queue(list(looking.order_by("pk").only("pk", "group_id")))
    return setting


@transaction.atomic
def set_house_capacity(*, actor: Actor, limits: Mapping[str, Any], offline_after: Any) -> None:
    """Set what holds for agents without a capacity of their own or of their role, and after how
    many minutes without a connection an agent is offline (0: never).

    Raises NotPermitted, InvalidRule.
    """
    require_may_edit(actor)
    minutes = _whole(offline_after, DAY, "Minutes until offline")
    values = {**_limits(limits), "offline_after": minutes, "updated_at": clock.now()}
    with kept(RoutingPart.CAPACITY, actor):
        RoutingHouse.objects.update_or_create(pk=1, defaults=values)
    wake()


@transaction.atomic
def set_role_capacity(*, actor: Actor, role: str, limits: Mapping[str, Any]) -> None:
    """Set a role's capacity; three empty values take it away again. Raises NotPermitted,
    InvalidRule.
    """
    require_may_edit(actor)
    if role not in ASSIGNABLE:
        raise InvalidRule("This role is not given tickets.")
    with kept(RoutingPart.CAPACITY, actor):
        _set_capacity(limits, role=role)


@transaction.atomic
def set_agent_capacity(*, actor: Actor, user_id: int, limits: Mapping[str, Any]) -> None:
    """Set one agent's capacity; three empty values take it away again. Raises NotPermitted,
    InvalidRule, RuleGone.
    """
    require_may_edit(actor)
    if not User.objects.assignable().filter(pk=user_id).exists():
        raise RuleGone
    with kept(RoutingPart.CAPACITY, actor):
        _set_capacity(limits, user_id=user_id)


@transaction.atomic
def create_skill(*, actor: Actor, name: str) -> Skill:
    """Add a skill. Raises NotPermitted, InvalidRule."""
    require_may_edit(actor)
    with kept(RoutingPart.SKILLS, actor):
        return _named(lambda clean: Skill.objects.create(name=clean, created_at=clock.now()), name)


@transaction.atomic
def rename_skill(*, actor: Actor, skill_id: int, name: str) -> Skill:
    """Give a skill another name. Raises NotPermitted, InvalidRule, RuleGone."""
    skill = _skill(actor, skill_id)

    def rename(clean: str) -> Skill:
        skill.name = clean
        skill.save(update_fields=["name"])
        return skill

    with kept(RoutingPart.SKILLS, actor):
        return _named(rename, name)


@transaction.atomic
def delete_skill(*, actor: Actor, skill_id: int) -> None:
    """Delete a skill with its rules; no ticket needs it any more. Raises NotPermitted, RuleGone."""
    skill = _skill(actor, skill_id)
    with kept(RoutingPart.SKILLS, actor):
        skill.delete()
    wake()


@transaction.atomic
def set_skill_holders(*, actor: Actor, skill_id: int, user_ids: Collection[int]) -> None:
    """Say who has a skill. Raises NotPermitted, RuleGone."""
    skill = _skill(actor, skill_id)
    with kept(RoutingPart.SKILLS, actor):
        set_holders(skill, user_ids)
    wake()


def set_holders(skill: Skill, user_ids: Collection[int]) -> None:
    """Write, within `kept`, who has a skill: those of them who can be given tickets."""
    wanted = set(User.objects.assignable().filter(pk__in=user_ids).values_list("pk", flat=True))
    skill.holders.exclude(user_id__in=wanted).delete()
    AgentSkill.objects.bulk_create(
        [AgentSkill(skill=skill, user_id=pk) for pk in sorted(wanted)], ignore_conflicts=True
    )


@transaction.atomic
def add_skill_rule(
    *, actor: Actor, skill_id: int, conditions: Mapping[str, Any], timeout: Any = None
) -> SkillRule:
    """Let tickets that meet the conditions need a skill, at most for `timeout` minutes of waiting.

    Raises NotPermitted, RuleGone, InvalidRule, InvalidCondition.
    """
    skill = _skill(actor, skill_id)
    asked = parse(conditions, Purpose.SLA)
    if asked.is_empty:
        raise InvalidRule("Say which tickets need the skill.")
    refuse_current_user(asked)
    minutes = None if timeout in (None, "") else _whole(timeout, LONGEST, "The time-out")
    if minutes == 0:
        raise InvalidRule("The time-out is at least a minute; leave it empty for none.")
    with kept(RoutingPart.SKILLS, actor):
        rule = SkillRule.objects.create(
            skill=skill, conditions=as_kept(conditions), timeout=minutes, created_at=clock.now()
        )
    wake()
    return rule


@transaction.atomic
def delete_skill_rule(*, actor: Actor, rule_id: int) -> None:
    """Let tickets need a skill no longer for this reason. Raises NotPermitted, RuleGone."""
    require_may_edit(actor)
    with kept(RoutingPart.SKILLS, actor):
        if not SkillRule.objects.filter(pk=rule_id).delete()[0]:
            raise RuleGone
    wake()


def _skill(actor: Actor, skill_id: int) -> Skill:
    require_may_edit(actor)
    skill = Skill.objects.select_for_update().filter(pk=skill_id).first()
    if skill is None:
        raise RuleGone
    return skill


def _named(write: Any, name: str) -> Skill:
    clean = " ".join(storable(name).split())[:100]
    if not clean:
        raise InvalidRule("Give the skill a name.")
    try:
        with transaction.atomic():
            return write(clean)
    except IntegrityError as error:
        raise InvalidRule(f"There is a skill “{clean}” already.") from error


def _set_capacity(limits: Mapping[str, Any], **whose: Any) -> None:
    if all(limits.get(kind) in (None, "") for kind in Kind):
        Capacity.objects.filter(**whose).delete()
    else:
        Capacity.objects.update_or_create(**whose, defaults=_limits(limits))
    wake()


def _limits(limits: Mapping[str, Any]) -> dict[str, int]:
    return {kind.value: _whole(limits.get(kind), MOST, str(kind.label)) for kind in Kind}


def _whole(value: Any, most: int, what: str) -> int:
    text = str("" if value is None else value).strip()
    if not (text.isascii() and text.isdecimal() and len(text) < 8 and int(text) <= most):
        raise InvalidRule(f"{what}: a whole number from 0 to {most:,}.")
    return int(text)

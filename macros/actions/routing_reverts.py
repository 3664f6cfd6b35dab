"""Making a part of routing what it was: what is gone since (groups, agents) stays gone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from accounts.actor import Actor
from accounts.models import Group, User
from core import clock
from macros.actions.queue import wake
from macros.actions.routing_history import kept
from macros.actions.routing_settings import set_holders, set_mode
from macros.actions.rules import definition_then, require_may_edit
from macros.errors import InvalidRule
from macros.models import (
    Capacity,
    RoutingHouse,
    RoutingMode,
    RoutingPart,
    RuleKind,
    Skill,
    SkillRule,
)
from macros.routing import snapshots
from tickets.conditions import Purpose, parse

Definition = Mapping[str, Any]


@transaction.atomic
def revert_routing(*, actor: Actor, part: int, number: int) -> None:
    """Make a part of routing what it was in a revision; that is a new revision.

    Raises NotPermitted, InvalidRule (no such revision; availability is set, not reverted),
    InvalidCondition (what a skill was for names something that is gone).
    """
    require_may_edit(actor)
    if part not in _APPLY:
        raise InvalidRule("This has no settings that could go back.")
    then = definition_then(RuleKind.ROUTING, part, number)
    with kept(RoutingPart(part), actor):
        _APPLY[RoutingPart(part)](then)
    wake()


def _groups(then: Definition) -> None:
    now = snapshots.groups()
    off = {"mode": RoutingMode.OFF, "reassigns_on_offline": False}
    for group_id in (
        Group.objects.filter(is_active=True).order_by("pk").values_list("pk", flat=True)
    ):
        wanted = then.get(str(group_id), off)
        if wanted != now.get(str(group_id), off):
            set_mode(group_id, wanted["mode"], wanted["reassigns_on_offline"])


def _capacity(then: Definition) -> None:
    RoutingHouse.objects.update_or_create(
        pk=1, defaults={**then["house"], "updated_at": clock.now()}
    )
    Capacity.objects.all().delete()
    there = set(User.objects.assignable().values_list("pk", flat=True))
    Capacity.objects.bulk_create(
        [Capacity(role=role, **limits) for role, limits in then["roles"].items()]
        + [
            Capacity(user_id=int(pk), **limits)
            for pk, limits in then["agents"].items()
            if int(pk) in there
        ]
    )


def _skills(then: Definition) -> None:
    wanted = {int(pk): each for pk, each in then.items()}
    now = snapshots.skills()
    Skill.objects.exclude(pk__in=wanted).delete()
    renamed = Skill.objects.filter(pk__in=wanted)
    for skill in renamed:  # names are unique: two that change places need a third name between
        skill.name = f"\n{skill.pk}"
    Skill.objects.bulk_update(renamed, ["name"])
    for pk, each in wanted.items():
        skill, _ = Skill.objects.update_or_create(
            pk=pk, defaults={"name": each["name"]},
            create_defaults={"name": each["name"], "created_at": clock.now()},
        )  # fmt: skip
        set_holders(skill, each["people"])
        if now.get(str(pk), {}).get("rules", []) != each["rules"]:
            _set_rules(skill, each["rules"])


def _set_rules(skill: Skill, rules: list[dict[str, Any]]) -> None:
    for rule in rules:
        parse(rule["conditions"], Purpose.SLA)
    skill.rules.all().delete()
    SkillRule.objects.bulk_create(
        [SkillRule(skill=skill, created_at=clock.now(), **rule) for rule in rules]
    )


_APPLY: dict[RoutingPart, Callable[[Definition], None]] = {
    RoutingPart.GROUPS: _groups,
    RoutingPart.CAPACITY: _capacity,
    RoutingPart.SKILLS: _skills,
}

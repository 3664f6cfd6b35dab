"""Which skills a ticket needs: those of every skill rule that it meets and has not outwaited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.actor import system_actor
from core import clock
from macros.models import SkillRule
from tickets.conditions import Conditions, InvalidCondition, Purpose, Situation, holds, parse
from tickets.models import Ticket

ROUTING = system_actor("routing")


@dataclass(frozen=True, slots=True)
class Need:
    """A skill rule, parsed."""

    skill_id: int
    name: str
    conditions: Conditions
    timeout: int | None  # minutes


def skill_needs() -> list[Need]:
    """All rules that can be judged; one that names what is gone asks for nothing."""
    needs = []
    for row in SkillRule.objects.select_related("skill").order_by("pk"):
        try:
            conditions = parse(row.conditions, Purpose.SLA)
        except InvalidCondition:
            continue
        needs.append(Need(row.skill_id, row.skill.name, conditions, row.timeout))
    return needs


def needed_by(ticket: Ticket, needs: Sequence[Need], *, queued_at: datetime) -> dict[int, str]:
    """The names of the skills needed now, by id."""
    now = clock.now()
    situation = Situation(ticket=ticket, actor=ROUTING, now=now)
    return {
        need.skill_id: need.name
        for need in needs
        if (need.timeout is None or now < queued_at + timedelta(minutes=need.timeout))
        and holds(need.conditions, situation)
    }

"""Active SLA policies, parsed once and kept until a rule changes; which one a ticket is under."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from accounts.actor import system_actor
from core import clock
from macros.kept import Kept, UnreadableRule
from macros.models import RuleKind, SlaPolicy
from macros.sla.lengths import seconds_of
from macros.sla.metrics import Switches
from tickets.conditions import Conditions, InvalidCondition, Purpose, Situation, holds, parse
from tickets.models import Ticket

logger = logging.getLogger(__name__)

CLOCKWORK = system_actor("SLA")


@dataclass(frozen=True, slots=True)
class Target:
    seconds: int
    is_business: bool


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy ready to be judged by. `warnings` are fractions of a target, ascending."""

    id: int
    title: str
    revision: int
    conditions: Conditions
    targets: dict[tuple[str, str], Target]  # by priority and metric
    schedule_id: int | None
    warnings: tuple[float, ...]
    switches: Switches

    @property
    def cause(self) -> dict[str, Any]:
        """How events name the rule that made them."""
        return {
            "kind": RuleKind.SLA_POLICY.value, "id": self.id, "title": self.title,
            "revision": self.revision,
        }  # fmt: skip

    def target(self, priority: str, metric: str) -> Target | None:
        return self.targets.get((priority, metric))


def active_policies(revision: int | None = None) -> tuple[Policy, ...]:
    """In order, as of the newest revision of any rule; see macros.kept."""
    return kept_policies.as_of(revision)[0]


def invalid_policies(revision: int | None = None) -> tuple[UnreadableRule, ...]:
    """Active ones that cannot be judged."""
    return kept_policies.as_of(revision)[1]


def _read() -> tuple[tuple[Policy, ...], tuple[UnreadableRule, ...]]:
    rows = SlaPolicy.objects.filter(is_active=True).order_by("position", "id")
    made = [_compiled(row) for row in rows]
    return (
        tuple(one for one in made if isinstance(one, Policy)),
        tuple(one for one in made if isinstance(one, UnreadableRule)),
    )


kept_policies = Kept(_read)


def compiled(row: SlaPolicy) -> Policy | None:
    """None for a policy whose conditions name what is no longer there."""
    made = _compiled(row)
    return made if isinstance(made, Policy) else None


def _compiled(row: SlaPolicy) -> Policy | UnreadableRule:
    try:
        conditions = parse(row.conditions, Purpose.SLA)
    except InvalidCondition as error:
        return UnreadableRule(row.pk or 0, row.title, row.updated_by_id, str(error))
    return Policy(
        id=row.pk or 0, title=row.title, revision=row.revision, conditions=conditions,
        targets={
            (each["priority"], each["metric"]): Target(seconds_of(each), each["business_hours"])
            for each in row.targets
        },
        schedule_id=row.schedule_id, warnings=tuple(sorted(row.warnings)),
        switches=switches_of(row.settings),
    )  # fmt: skip


def switches_of(raw: dict[str, Any]) -> Switches:
    """The switches as they are stored; a name that no longer exists is left out."""
    known = {each.name for each in fields(Switches)}
    return Switches(**{name: value for name, value in raw.items() if name in known})


def policy_for(ticket: Ticket, policies: Iterable[Policy]) -> Policy | None:
    """The first whose conditions the ticket meets."""
    situation = Situation(ticket=ticket, actor=CLOCKWORK, now=clock.now())
    return next((each for each in policies if _applies(each, situation)), None)


def _applies(policy: Policy, situation: Situation) -> bool:
    """A policy that cannot be judged on a ticket leaves it to the next one: the submit is kept."""
    try:
        return holds(policy.conditions, situation)
    except Exception:
        logger.exception("sla.not_judged", extra={"policy": policy.id})
        return False


def by_id(policies: Sequence[Policy], policy_id: int | None) -> Policy | None:
    return next((each for each in policies if each.id == policy_id), None)

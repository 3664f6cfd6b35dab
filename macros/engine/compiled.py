"""Active triggers, parsed once and kept until any rule changes."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from macros.models import RuleKind, RuleRevision, Trigger
from tickets.conditions import Condition, Conditions, InvalidCondition, Purpose, parse

logger = logging.getLogger(__name__)

# Judged first, because they decide most often and ask the database nothing.
_CHEAP = ("update_type", "comment_is_public", "role", "status")


@dataclass(frozen=True, slots=True)
class CompiledTrigger:
    """`order` are all its conditions as they stand in the rule: results name them by number."""

    id: int
    title: str
    revision: int
    conditions: Conditions
    order: tuple[Condition, ...]
    effects: list[dict[str, Any]]
    owner_id: int | None
    has_error: bool

    @property
    def cause(self) -> dict[str, Any]:
        """How events name the rule that made them."""
        return {
            "kind": RuleKind.TRIGGER.value, "id": self.id, "title": self.title,
            "revision": self.revision,
        }  # fmt: skip

    def number_of(self, condition: Condition | None) -> int | None:
        """Which of the rule's conditions it is, counted from 0."""
        if condition is None:
            return None
        return next((n for n, each in enumerate(self.order) if each is condition), None)


@dataclass(slots=True)
class _Kept:
    stamp: int | None = None
    triggers: tuple[CompiledTrigger, ...] = ()


_kept = _Kept()


def active_triggers() -> tuple[CompiledTrigger, ...]:
    """Active triggers in order; one small query unless a rule was changed since the last time.

    Every change of a rule adds a revision, so the newest revision says whether anything is new.
    """
    stamp = RuleRevision.objects.aggregate(newest=Max("id"))["newest"] or 0
    if stamp != _kept.stamp:
        rows = Trigger.objects.filter(is_active=True).select_related("category")
        rows = rows.order_by("category__position", "category_id", "position", "id")
        _kept.triggers = tuple(made for row in rows if (made := _compile(row)))
        _kept.stamp = stamp
    return _kept.triggers


def forget_triggers() -> None:
    """Drop what was kept; for tests, whose revisions begin anew."""
    _kept.stamp = None


def _compile(row: Trigger) -> CompiledTrigger | None:
    """None for a rule that names what is no longer there; its page shows why."""
    try:
        conditions = parse(row.conditions, Purpose.TRIGGER)
    except InvalidCondition as error:
        logger.warning("trigger.invalid", extra={"trigger": row.pk, "why": str(error)})
        return None
    return CompiledTrigger(
        id=row.pk, title=row.title, revision=row.revision,
        conditions=Conditions(all=_cheap_first(conditions.all), any=conditions.any),
        order=tuple(conditions), effects=row.effects, owner_id=row.updated_by_id,
        has_error=bool(row.error),
    )  # fmt: skip


def _cheap_first(
    nodes: tuple[Condition | Conditions, ...],
) -> tuple[Condition | Conditions, ...]:
    def cost(node: Condition | Conditions) -> int:
        if isinstance(node, Conditions):
            return len(_CHEAP) + 1
        return _CHEAP.index(node.field.name) if node.field.name in _CHEAP else len(_CHEAP)

    return tuple(sorted(nodes, key=cost))

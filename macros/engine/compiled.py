"""Active triggers, parsed once and kept until any rule changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from macros.models import RuleKind, RuleRevision, Trigger
from tickets.conditions import Condition, Conditions, InvalidCondition, Purpose, parse

# Judged first, because they decide most often and ask the database nothing.
_CHEAP = ("update_type", "comment_is_public", "role", "status")
# Conditions whose value follows from a column with another name.
_READ_FROM = {
    "requester": "requester_id", "organization": "organization_id",
    "in_business_hours": "schedule_id",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CompiledTrigger:
    """`order` are all its conditions as they stand in the rule: results name them by number.

    `reads` names what of a ticket its conditions depend on, as tickets.actions.attempts does.
    """

    id: int
    title: str
    revision: int
    conditions: Conditions
    order: tuple[Condition, ...]
    reads: frozenset[str]
    effects: list[dict[str, Any]]
    owner_id: int | None

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


@dataclass(frozen=True, slots=True)
class InvalidTrigger:
    """One whose conditions name what is no longer there; `why` is a sentence."""

    id: int
    title: str
    owner_id: int | None
    why: str


@dataclass(slots=True)
class _Kept:
    stamp: int | None = None
    triggers: tuple[CompiledTrigger, ...] = ()
    invalid: tuple[InvalidTrigger, ...] = ()


_kept = _Kept()


def active_triggers() -> tuple[CompiledTrigger, ...]:
    """Active triggers in order; one small query unless a rule was changed since the last time.

    Every change of a rule adds a revision, so the newest revision says whether anything is new.
    """
    stamp = RuleRevision.objects.aggregate(newest=Max("id"))["newest"] or 0
    if stamp != _kept.stamp:
        rows = Trigger.objects.filter(is_active=True)
        made = [
            _compile(row)
            for row in rows.order_by("category__position", "category_id", "position", "id")
        ]
        _kept.triggers = tuple(one for one in made if isinstance(one, CompiledTrigger))
        _kept.invalid = tuple(one for one in made if isinstance(one, InvalidTrigger))
        _kept.stamp = stamp
    return _kept.triggers


def invalid_triggers() -> tuple[InvalidTrigger, ...]:
    """Active ones that cannot be judged, as of the last call of active_triggers."""
    return _kept.invalid


def _compile(row: Trigger) -> CompiledTrigger | InvalidTrigger:
    try:
        conditions = parse(row.conditions, Purpose.TRIGGER)
    except InvalidCondition as error:
        return InvalidTrigger(row.pk, row.title, row.updated_by_id, str(error))
    return CompiledTrigger(
        id=row.pk, title=row.title, revision=row.revision,
        conditions=Conditions(all=_cheap_first(conditions.all), any=conditions.any),
        order=tuple(conditions), reads=_reads(conditions), effects=row.effects,
        owner_id=row.updated_by_id,
    )  # fmt: skip


def _reads(conditions: Iterable[Condition]) -> frozenset[str]:
    names = (
        condition.field.name
        if condition.field.custom_id
        else (condition.field.path or condition.field.name).split(".")[0]
        for condition in conditions
    )
    return frozenset(_READ_FROM.get(name, name) for name in names)


def _cheap_first(
    nodes: tuple[Condition | Conditions, ...],
) -> tuple[Condition | Conditions, ...]:
    def cost(node: Condition | Conditions) -> int:
        if isinstance(node, Conditions):
            return len(_CHEAP) + 1
        return _CHEAP.index(node.field.name) if node.field.name in _CHEAP else len(_CHEAP)

    return tuple(sorted(nodes, key=cost))

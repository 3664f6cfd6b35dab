"""Active automations, parsed once and kept until any rule changes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from macros.kept import Kept, UnreadableRule
from macros.models import Automation, RuleKind
from tickets.conditions import Condition, Conditions, InvalidCondition, Purpose, parse

_PEOPLE = ("requester", "organization")


@dataclass(frozen=True, slots=True)
class CompiledAutomation:
    """`order` are all its conditions as they stand in the rule: results name them by number.

    `definition` is their JSON.
    """

    id: int
    title: str
    revision: int
    conditions: Conditions
    definition: str
    order: tuple[Condition, ...]
    effects: list[dict[str, Any]]
    owner_id: int | None

    @property
    def cause(self) -> dict[str, Any]:
        """How audits and events name the rule that made them."""
        return {
            "kind": RuleKind.AUTOMATION.value, "id": self.id, "title": self.title,
            "revision": self.revision,
        }  # fmt: skip

    @property
    def asks_people(self) -> bool:
        """Whether it reads rows that change without the ticket: a person, a company."""
        return any(each.field.path.startswith(_PEOPLE) and "." in each.field.path
                   for each in self.order)  # fmt: skip

    @property
    def asks_business_hours(self) -> bool:
        return any(each.operator.endswith("_business_hours") for each in self.order)

    def number_of(self, condition: Condition) -> int | None:
        """Which of the rule's conditions it is, counted from 0."""
        return next((n for n, each in enumerate(self.order) if each is condition), None)


@dataclass(frozen=True, slots=True)
class Automations:
    """All active automations, in order."""

    in_order: tuple[CompiledAutomation, ...]
    invalid: tuple[UnreadableRule, ...]


def active_automations(revision: int | None = None) -> Automations:
    """Active automations as of the newest revision of any rule; see macros.kept."""
    return kept_automations.as_of(revision)


def _read() -> Automations:
    rows = Automation.objects.filter(is_active=True).order_by("position", "id")
    made = [_compiled(row) for row in rows]
    return Automations(
        in_order=tuple(one for one in made if isinstance(one, CompiledAutomation)),
        invalid=tuple(one for one in made if isinstance(one, UnreadableRule)),
    )


kept_automations = Kept(_read)


def compile_automation(row: Automation) -> CompiledAutomation:
    """Raises InvalidCondition when it names what is no longer there."""
    conditions = parse(row.conditions, Purpose.AUTOMATION)
    return CompiledAutomation(
        id=row.pk, title=row.title, revision=row.revision, conditions=conditions,
        definition=json.dumps(row.conditions, sort_keys=True), order=tuple(conditions),
        effects=row.effects, owner_id=row.updated_by_id,
    )  # fmt: skip


def _compiled(row: Automation) -> CompiledAutomation | UnreadableRule:
    try:
        return compile_automation(row)
    except InvalidCondition as error:
        return UnreadableRule(row.pk, row.title, row.updated_by_id, str(error))

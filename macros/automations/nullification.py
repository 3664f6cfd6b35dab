"""Whether an automation ends: it must not run on the same ticket for ever.

Either a condition is true only once ("is 24 hours"), or what the automation does makes one of its
conditions false (domain-standards.md §3, "Automation run"). Other rules may undo that later; then
it runs again, RUNS_LIMIT times at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accounts.actor import system_actor
from core import clock
from tickets.conditions import Condition, Conditions, Situation, holds
from tickets.conditions.custom import PREFIX
from tickets.conditions.registry import Kind
from tickets.models import UNTIL_REPLY, Score, Status, Ticket

_NOBODY = system_actor("Automation")
# Effects that put their value into a column of that name.
_COLUMNS = {"status": "status", "priority": "priority", "type": "type", "group_id": "group_id",
            "assignee_id": "assignee_id", "set_schedule": "schedule_id",
            "ticket_form_id": "form_id"}  # fmt: skip
_SLEEPS = ("reply", "hours", "days")  # "opening" may be now
_OF_WHOEVER = ("current_user", "requester")  # not known beforehand


def ends(conditions: Conditions, effects: Sequence[dict[str, Any]]) -> bool:
    """Whether conditions are false after the effects, or become so by themselves at once."""
    return _group(conditions, _Outcome(effects))


class _Outcome:
    """What is known of any ticket after the effects, in order; the rest of it is not known."""

    def __init__(self, effects: Sequence[dict[str, Any]]) -> None:
        self.columns: dict[str, Any] = {}
        self.custom: dict[str, Any] = {}
        self.tags: list[str] | None = None  # known as a whole once they were set
        self.added: set[str] = set()
        self.removed: set[str] = set()
        self.is_routed = False
        for effect in effects:
            self._take(str(effect["field"]), effect.get("value"))
        # Whoever is assigned a new ticket makes it open.
        self.not_new = bool(self.columns.get("assignee_id")) and "status" not in self.columns

    def _take(self, name: str, value: Any) -> None:
        if name in _COLUMNS and value not in _OF_WHOEVER:
            self.columns[_COLUMNS[name]] = value
        elif name.startswith(PREFIX):
            self.custom[name.removeprefix(PREFIX)] = value
        elif name == "satisfaction_score":
            self.columns["satisfaction"] = Score.OFFERED
        elif name == "route":
            self.is_routed = True
        elif name == "snooze" and value["until"] in _SLEEPS:
            self.columns["snoozed_until"] = UNTIL_REPLY  # which moment it is does not matter
        elif name == "snooze" and value["until"] == "wake":
            self.columns["snoozed_until"] = None
        elif name == "set_tags":
            self.tags, self.added, self.removed = list(value), set(), set()
        elif name == "current_tags":
            self.added |= set(value)
            self.removed -= set(value)
        elif name == "remove_tags":
            self.removed |= set(value)
            self.added -= set(value)


def _group(group: Conditions, outcome: _Outcome) -> bool:
    if any(_node(node, outcome) for node in group.all):
        return True
    return bool(group.any) and all(_node(node, outcome) for node in group.any)


def _node(node: Condition | Conditions, outcome: _Outcome) -> bool:
    if isinstance(node, Conditions):
        return _group(node, outcome)
    match node.field.kind:
        case Kind.HOURS:
            return _is_over(node, outcome)
        case Kind.TAGS if node.field.path == "tags":
            return _tags_deny(node, outcome)
    return _columns_deny(node, outcome)


def _is_over(condition: Condition, outcome: _Outcome) -> bool:
    """Of a condition about time: true for one hour only, or what it counts from is set anew."""
    field, operator = condition.field, condition.operator.removesuffix("_business_hours")
    if operator == "is":
        return True
    status = outcome.columns.get("status")
    if field.status:
        return status not in (None, field.status) or (
            outcome.not_new and field.status == Status.NEW
        )
    if field.path == "updated_at":  # each run is an update
        return operator == "greater_than" and condition.value > 0
    if field.path == "solved_at":
        return status is not None and status not in Status.done()
    if field.path == "due_at":  # only tasks have one
        return outcome.columns.get("type") not in (None, "task")
    return False


def _tags_deny(condition: Condition, outcome: _Outcome) -> bool:
    wanted = set(condition.value or ())
    if outcome.tags is not None:
        tags = [tag for tag in outcome.tags if tag not in outcome.removed]
        return _denies(condition, Ticket(tags=[*tags, *outcome.added]))
    match condition.operator:
        case "includes":
            return wanted <= outcome.removed
        case "not_includes":
            return not wanted.isdisjoint(outcome.added)
        case "not_present":
            return bool(outcome.added)
    return False


def _columns_deny(condition: Condition, outcome: _Outcome) -> bool:
    field = condition.field
    if field.custom_id:
        return field.custom_id in outcome.custom and _denies(
            condition, Ticket(custom_fields=outcome.custom)
        )
    if field.path == "assignee_id" and outcome.is_routed:
        return condition.value is None and condition.operator in ("is", "not_present")
    if field.path == "status" and outcome.not_new:
        others = (status for status in Status.unsolved() if status != Status.NEW)
        return all(_denies(condition, Ticket(status=status)) for status in others)
    if field.path not in outcome.columns:
        return False
    value = outcome.columns[field.path]
    return _denies(condition, Ticket(**{field.path: value}))


def _denies(condition: Condition, ticket: Ticket) -> bool:
    situation = Situation(ticket=ticket, actor=_NOBODY, now=clock.now())
    return not holds(Conditions(all=(condition,)), situation)

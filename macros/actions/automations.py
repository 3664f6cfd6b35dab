"""Writing automations: made, changed, ordered, reverted, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from accounts.actor import Actor
from core import clock
from core.nudge import nudge
from macros.actions.automation_sweeps import SWEEP_TASK
from macros.actions.rules import (
    InvalidRule,
    RuleGone,
    check_limit,
    check_revision,
    definition_then,
    fill_common,
    note_deleted,
    note_saved,
    refuse_current_user,
    renumber,
    require_may_edit,
)
from macros.automations.nullification import ends
from macros.effects import parse_effects
from macros.models import Automation, AutomationDue, RuleKind
from tickets.conditions import Conditions, Purpose, as_kept, parse
from tickets.conditions.due import is_about_time

LIMIT = 500  # active ones, Zendesk's


@dataclass(frozen=True, slots=True)
class AutomationDraft:
    """An automation as it is written in the builder."""

    title: str
    conditions: dict[str, Any]
    effects: list[dict[str, Any]]
    description: str = ""
    is_active: bool = True
    key: str | None = field(default=None)  # of stock ones


@transaction.atomic
def create_automation(*, actor: Actor, draft: AutomationDraft) -> Automation:
    """Add an automation after the others; its moments are computed in the background.

    Raises NotPermitted, InvalidRule, InvalidCondition, InvalidEffect.
    """
    require_may_edit(actor)
    automation = Automation(key=draft.key, position=Automation.objects.count() + 1)
    _fill(automation, draft)
    _save(automation, actor, is_new=True)
    return automation


@transaction.atomic
def update_automation(
    *,
    actor: Actor,
    automation_id: int,
    draft: AutomationDraft,
    expected_revision: int | None = None,
) -> Automation:
    """Change an automation; nothing is saved when it was changed since `expected_revision`.

    Where it has failed it is tried again. Raises NotPermitted, RuleGone, ChangedRule, InvalidRule,
    InvalidCondition, InvalidEffect.
    """
    automation = _lock(actor, automation_id)
    check_revision(automation, expected_revision)
    _fill(automation, draft)
    _save(automation, actor)
    return automation


def drafted_automation(
    *, actor: Actor, draft: AutomationDraft, automation_id: int | None = None
) -> Automation:
    """The automation that saving would make, not saved; also one that would never come to an end.

    Raises NotPermitted, RuleGone, InvalidRule, InvalidCondition, InvalidEffect.
    """
    require_may_edit(actor)
    found = Automation.objects.filter(pk=automation_id).first() if automation_id else Automation()
    if found is None:
        raise RuleGone
    _take(found, draft)
    return found


@transaction.atomic
def set_automation_active(*, actor: Actor, automation_id: int, is_active: bool) -> Automation:
    """Switch an automation on or off. Raises NotPermitted, RuleGone, InvalidRule."""
    automation = _lock(actor, automation_id)
    automation.is_active = is_active
    _check_limit(automation)
    _save(automation, actor)
    return automation


@transaction.atomic
def order_automations(*, actor: Actor, automation_ids: Sequence[int]) -> None:
    """Put automations into this order; those not named follow as they were.

    Raises NotPermitted.
    """
    require_may_edit(actor)
    rows = list(Automation.objects.select_for_update().order_by("position", "id"))
    renumber(rows, automation_ids, RuleKind.AUTOMATION, actor)


@transaction.atomic
def delete_automation(*, actor: Actor, automation_id: int) -> None:
    """Delete an automation; its revisions stay. Raises NotPermitted, RuleGone."""
    note_deleted(_lock(actor, automation_id), RuleKind.AUTOMATION, actor)


@transaction.atomic
def revert_automation(*, actor: Actor, automation_id: int, number: int) -> Automation:
    """Make an automation what it was in a revision; that is a new revision.

    Raises NotPermitted, RuleGone, InvalidRule, InvalidCondition, InvalidEffect.
    """
    automation = _lock(actor, automation_id)
    then = definition_then(RuleKind.AUTOMATION, automation_id, number)
    draft = AutomationDraft(
        title=then["title"], description=then["description"], is_active=then["is_active"],
        conditions=then["conditions"], effects=then["effects"],
    )  # fmt: skip
    return update_automation(actor=actor, automation_id=automation.pk, draft=draft)


def _save(automation: Automation, actor: Actor, *, is_new: bool = False) -> None:
    if automation.error:
        failed = AutomationDue.objects.filter(automation=automation, has_failed=True)
        failed.update(has_failed=False, done_version=None, held_until=None, due_at=clock.now())
    note_saved(automation, RuleKind.AUTOMATION, actor, is_new=is_new)
    transaction.on_commit(lambda: nudge(SWEEP_TASK))


def _fill(automation: Automation, draft: AutomationDraft) -> None:
    conditions = _take(automation, draft)
    if not ends(conditions, automation.effects):
        raise InvalidRule(
            "This automation would never come to an end on a ticket. Add an action that makes one "
            "of its conditions false (for example: add the tag “reminded”, with the condition that "
            "tags do not include “reminded”), or a condition that is true only once (for example: "
            "“Hours since pending is 24”)."
        )
    _check_limit(automation)


def _take(automation: Automation, draft: AutomationDraft) -> Conditions:
    """Take a draft over without asking whether it ends; returns its conditions."""
    fill_common(automation, draft)
    conditions = parse(draft.conditions, Purpose.AUTOMATION)
    if not any(is_about_time(condition) for condition in conditions):
        raise InvalidRule(
            "Add a condition about time, such as “Hours since solved”. For what should happen at "
            "once, make a trigger."
        )
    refuse_current_user(conditions)
    automation.conditions = as_kept(draft.conditions)
    automation.effects = parse_effects(draft.effects, RuleKind.AUTOMATION)
    if not automation.effects:
        raise InvalidRule("Add at least one action: what should happen?")
    return conditions


def _check_limit(automation: Automation) -> None:
    check_limit(automation, Automation.objects.all(), LIMIT, "automations")


def _lock(actor: Actor, automation_id: int) -> Automation:
    require_may_edit(actor)
    automation = Automation.objects.select_for_update().filter(pk=automation_id).first()
    if automation is None:
        raise RuleGone
    return automation

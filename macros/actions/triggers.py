"""Writing triggers: made, changed, ordered, reverted, marked when they fail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from accounts.actor import Actor
from core import clock
from macros.actions.rules import (
    InvalidRule,
    RuleGone,
    check_limit,
    check_revision,
    clean_title,
    definition_then,
    fill_common,
    note_deleted,
    note_saved,
    renumber,
    require_may_edit,
)
from macros.effects import parse_effects
from macros.models import RuleKind, Trigger, TriggerCategory
from tickets.conditions import Purpose, as_kept, parse

LIMIT = 7_000  # active ones, Zendesk's
DEFAULT_CATEGORY = "Notifications"


@dataclass(frozen=True, slots=True)
class TriggerDraft:
    """A trigger as it is written in the builder."""

    title: str
    conditions: dict[str, Any]
    effects: list[dict[str, Any]]
    description: str = ""
    is_active: bool = True
    category_id: int | None = None
    key: str | None = field(default=None)  # of stock ones


@transaction.atomic
def create_trigger(*, actor: Actor, draft: TriggerDraft) -> Trigger:
    """Add a trigger at the end of its category.

    Raises NotPermitted, InvalidRule, InvalidCondition, InvalidEffect.
    """
    require_may_edit(actor)
    trigger = Trigger(key=draft.key, category=_category(draft.category_id))
    trigger.position = trigger.category.triggers.count() + 1
    _fill(trigger, draft)
    note_saved(trigger, RuleKind.TRIGGER, actor, is_new=True)
    return trigger


@transaction.atomic
def update_trigger(
    *, actor: Actor, trigger_id: int, draft: TriggerDraft, expected_revision: int | None = None
) -> Trigger:
    """Change a trigger; nothing is saved when it was changed since `expected_revision`.

    Raises NotPermitted, RuleGone, ChangedRule, InvalidRule, InvalidCondition, InvalidEffect.
    """
    trigger = _lock(actor, trigger_id)
    check_revision(trigger, expected_revision)
    if draft.category_id and draft.category_id != trigger.category_id:
        trigger.category = _category(draft.category_id)
        trigger.position = trigger.category.triggers.count() + 1
    _fill(trigger, draft)
    note_saved(trigger, RuleKind.TRIGGER, actor, is_new=False)
    return trigger


def drafted_trigger(
    *, actor: Actor, draft: TriggerDraft, trigger_id: int | None = None
) -> Trigger:  # fmt: skip
    """The trigger that saving would make, checked and not saved.

    Raises NotPermitted, RuleGone, InvalidRule, InvalidCondition, InvalidEffect.
    """
    require_may_edit(actor)
    trigger = Trigger.objects.filter(pk=trigger_id).first() if trigger_id else Trigger()
    if trigger is None:
        raise RuleGone
    trigger.category_id = draft.category_id or trigger.category_id
    _fill(trigger, draft)
    return trigger


@transaction.atomic
def set_trigger_active(*, actor: Actor, trigger_id: int, is_active: bool) -> Trigger:
    """Switch a trigger on or off. Raises NotPermitted, RuleGone, InvalidRule."""
    trigger = _lock(actor, trigger_id)
    trigger.is_active = is_active
    _check_limit(trigger)
    note_saved(trigger, RuleKind.TRIGGER, actor, is_new=False)
    return trigger


@transaction.atomic
def order_triggers(*, actor: Actor, category_id: int, trigger_ids: Sequence[int]) -> None:
    """Put a category's triggers into this order; those not named follow as they were.

    Raises NotPermitted, InvalidRule.
    """
    require_may_edit(actor)
    category = _category(category_id)
    rows = list(category.triggers.select_for_update().order_by("position", "id"))
    renumber(rows, trigger_ids, RuleKind.TRIGGER, actor)


@transaction.atomic
def delete_trigger(*, actor: Actor, trigger_id: int) -> None:
    """Delete a trigger; its revisions stay. Raises NotPermitted, RuleGone."""
    note_deleted(_lock(actor, trigger_id), RuleKind.TRIGGER, actor)


@transaction.atomic
def revert_trigger(*, actor: Actor, trigger_id: int, number: int) -> Trigger:
    """Make a trigger what it was in a revision; that is a new revision.

    Raises NotPermitted, RuleGone, InvalidRule, InvalidCondition, InvalidEffect.
    """
    trigger = _lock(actor, trigger_id)
    then = definition_then(RuleKind.TRIGGER, trigger_id, number)
    draft = TriggerDraft(
        title=then["title"], description=then["description"], is_active=then["is_active"],
        conditions=then["conditions"], effects=then["effects"],
    )  # fmt: skip
    return update_trigger(actor=actor, trigger_id=trigger.pk, draft=draft)


@transaction.atomic
def save_category(*, actor: Actor, name: str, category_id: int | None = None) -> TriggerCategory:
    """Add or rename a category. Raises NotPermitted, InvalidRule."""
    require_may_edit(actor)
    clean, now = clean_title(name)[:100], clock.now()
    if TriggerCategory.objects.filter(name=clean).exclude(pk=category_id or 0).exists():
        raise InvalidRule(f"There is a category “{clean}” already.")
    if category_id is None:
        return TriggerCategory.objects.create(
            name=clean, position=TriggerCategory.objects.count() + 1, created_at=now, updated_at=now
        )
    category = _category(category_id)
    category.name, category.updated_at = clean, now
    category.save(update_fields=["name", "updated_at"])
    return category


def _fill(trigger: Trigger, draft: TriggerDraft) -> None:
    fill_common(trigger, draft)
    if parse(draft.conditions, Purpose.TRIGGER).is_empty:
        raise InvalidRule("Add at least one condition; “Ticket is created” is the usual first one.")
    trigger.conditions = as_kept(draft.conditions)
    trigger.effects = parse_effects(draft.effects, RuleKind.TRIGGER)
    if not trigger.effects:
        raise InvalidRule("Add at least one action: what should happen?")
    _check_limit(trigger)


def _check_limit(trigger: Trigger) -> None:
    check_limit(trigger, Trigger.objects.all(), LIMIT, "triggers")


def _category(category_id: int | None) -> TriggerCategory:
    if category_id is None:
        now = clock.now()
        category, _ = TriggerCategory.objects.get_or_create(
            name=DEFAULT_CATEGORY, defaults={"created_at": now, "updated_at": now}
        )
        return category
    found = TriggerCategory.objects.filter(pk=category_id).first()
    if found is None:
        raise InvalidRule("This category does not exist any more. Choose another one.")
    return found


def _lock(actor: Actor, trigger_id: int) -> Trigger:
    require_may_edit(actor)
    found = Trigger.objects.select_for_update(of=("self",)).select_related("category")
    trigger = found.filter(pk=trigger_id).first()
    if trigger is None:
        raise RuleGone
    return trigger

"""The order and the end of categories of triggers."""

from __future__ import annotations

from django.db import transaction

from accounts.actor import Actor
from core import clock
from macros.actions.rules import InvalidRule, note_saved, require_may_edit
from macros.models import RuleKind, TriggerCategory


@transaction.atomic
def move_category(*, actor: Actor, category_id: int, by: int) -> None:
    """Move a category `by` places down (up when negative). Raises NotPermitted, InvalidRule.

    The first trigger that now runs at another time gets a revision: that is what tells every
    process to read the rules again.
    """
    require_may_edit(actor)
    rows = list(TriggerCategory.objects.select_for_update().order_by("position", "id"))
    place = next((n for n, row in enumerate(rows) if row.pk == category_id), None)
    if place is None:
        raise InvalidRule("This category does not exist any more.")
    row = rows.pop(place)
    rows.insert(max(0, place + by), row)
    for number, each in enumerate(rows, 1):
        if each.position != number:
            each.position, each.updated_at = number, clock.now()
            each.save(update_fields=["position", "updated_at"])
    first = row.triggers.order_by("position", "id").first()
    if first is not None:
        note_saved(first, RuleKind.TRIGGER, actor, is_new=False)


@transaction.atomic
def remove_category(*, actor: Actor, category_id: int) -> None:
    """Remove a category without triggers. Raises NotPermitted, InvalidRule."""
    require_may_edit(actor)
    row = TriggerCategory.objects.select_for_update().filter(pk=category_id).first()
    if row is None:
        return
    if row.triggers.exists():
        raise InvalidRule("There are triggers in it. Move them to another category first.")
    row.delete()

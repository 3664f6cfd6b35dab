from __future__ import annotations

from accounts.actor import Actor
from macros.actions.triggers import create_trigger
from macros.models import Trigger
from macros.stock import STOCK_TRIGGERS


def install_stock_triggers(*, actor: Actor) -> None:
    """Make the triggers a new help desk needs; those that exist already stay as they are."""
    present = set(Trigger.objects.exclude(key=None).values_list("key", flat=True))
    for draft in STOCK_TRIGGERS:
        if draft.key not in present:
            create_trigger(actor=actor, draft=draft)

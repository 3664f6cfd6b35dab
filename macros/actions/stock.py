from __future__ import annotations

from accounts.actor import Actor
from macros.actions.automations import create_automation
from macros.actions.triggers import create_trigger
from macros.models import Automation, Trigger
from macros.stock import STOCK_TRIGGERS
from macros.stock_automations import STOCK_AUTOMATIONS


def install_stock_triggers(*, actor: Actor) -> None:
    """Make the triggers a new help desk needs; those that exist already stay as they are."""
    present = set(Trigger.objects.exclude(key=None).values_list("key", flat=True))
    for draft in STOCK_TRIGGERS:
        if draft.key not in present:
            create_trigger(actor=actor, draft=draft)


def install_stock_automations(*, actor: Actor) -> None:
    """Make the automations a new help desk begins with; those that exist stay as they are."""
    present = set(Automation.objects.exclude(key=None).values_list("key", flat=True))
    for draft in STOCK_AUTOMATIONS:
        if draft.key not in present:
            create_automation(actor=actor, draft=draft)

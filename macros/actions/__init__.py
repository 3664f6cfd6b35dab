"""Every write of this app."""

from macros.actions.rules import ChangedRule, InvalidRule, RuleGone, mark_failing
from macros.actions.stock import install_stock_triggers
from macros.actions.triggers import (
    TriggerDraft,
    create_trigger,
    delete_trigger,
    order_triggers,
    revert_trigger,
    save_category,
    set_trigger_active,
    update_trigger,
)

__all__ = [
    "ChangedRule",
    "InvalidRule",
    "RuleGone",
    "TriggerDraft",
    "create_trigger",
    "delete_trigger",
    "install_stock_triggers",
    "mark_failing",
    "order_triggers",
    "revert_trigger",
    "save_category",
    "set_trigger_active",
    "update_trigger",
]

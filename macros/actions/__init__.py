"""Every write of this app."""

from macros.actions.rules import ChangedRule, InvalidRule, RuleGone, mark_failing
from macros.actions.sla import (
    SlaPolicyDraft,
    create_sla_policy,
    delete_sla_policy,
    order_sla_policies,
    preview_sla_policy,
    revert_sla_policy,
    set_sla_policy_active,
    update_sla_policy,
)
from macros.actions.sla_recounts import recount_some, request_recount
from macros.actions.sla_ticks import tick_sla
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
    "SlaPolicyDraft",
    "TriggerDraft",
    "create_sla_policy",
    "create_trigger",
    "delete_sla_policy",
    "delete_trigger",
    "install_stock_triggers",
    "mark_failing",
    "order_sla_policies",
    "order_triggers",
    "preview_sla_policy",
    "recount_some",
    "request_recount",
    "revert_sla_policy",
    "revert_trigger",
    "save_category",
    "set_sla_policy_active",
    "set_trigger_active",
    "tick_sla",
    "update_sla_policy",
    "update_trigger",
]

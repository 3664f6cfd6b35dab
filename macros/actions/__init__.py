"""Every write of this app."""

from macros.actions.automation_moments import plan_moments
from macros.actions.automation_runs import tick_automations
from macros.actions.automation_sweeps import sweep_automations
from macros.actions.automations import (
    AutomationDraft,
    create_automation,
    delete_automation,
    order_automations,
    revert_automation,
    set_automation_active,
    update_automation,
)
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
from macros.actions.stock import install_stock_automations, install_stock_triggers
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
    "AutomationDraft",
    "create_automation",
    "delete_automation",
    "install_stock_automations",
    "order_automations",
    "plan_moments",
    "revert_automation",
    "set_automation_active",
    "sweep_automations",
    "tick_automations",
    "update_automation",
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

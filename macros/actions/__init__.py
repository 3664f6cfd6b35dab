"""Every write of this app."""

from macros.actions.automation_moments import plan_moments
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
from macros.actions.availability import (
    come_back,
    note_presence,
    set_agent_availability,
    set_automatic,
    set_availability,
)
from macros.actions.content import (
    ContentDraft,
    delete_content,
    revert_content,
    save_content,
)
from macros.actions.files import copy_files
from macros.actions.macro_uses import AppliedMacro, create_with_macros, submit_with_macros
from macros.actions.macros import (
    MacroDraft,
    create_macro,
    delete_macro,
    order_macros,
    revert_macro,
    save_reply_as_macro,
    set_macro_active,
    update_macro,
)
from macros.actions.routing import route_waiting
from macros.actions.routing_reverts import revert_routing
from macros.actions.routing_settings import (
    add_skill_rule,
    create_skill,
    delete_skill,
    delete_skill_rule,
    rename_skill,
    set_agent_capacity,
    set_house_capacity,
    set_role_capacity,
    set_routing,
    set_skill_holders,
)
from macros.actions.rules import ChangedRule, InvalidRule, RuleGone, mark_failing
from macros.actions.serving import end_serving, keep_serving, serve_next
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
    "end_serving",
    "keep_serving",
    "serve_next",
    "AppliedMacro",
    "AutomationDraft",
    "ChangedRule",
    "ContentDraft",
    "InvalidRule",
    "MacroDraft",
    "RuleGone",
    "SlaPolicyDraft",
    "TriggerDraft",
    "add_skill_rule",
    "come_back",
    "copy_files",
    "create_automation",
    "create_macro",
    "create_skill",
    "create_sla_policy",
    "create_trigger",
    "create_with_macros",
    "delete_automation",
    "delete_content",
    "delete_macro",
    "delete_skill",
    "delete_skill_rule",
    "delete_sla_policy",
    "delete_trigger",
    "install_stock_automations",
    "install_stock_triggers",
    "mark_failing",
    "note_presence",
    "order_automations",
    "order_macros",
    "order_sla_policies",
    "order_triggers",
    "plan_moments",
    "preview_sla_policy",
    "recount_some",
    "rename_skill",
    "request_recount",
    "revert_automation",
    "revert_content",
    "revert_macro",
    "revert_routing",
    "revert_sla_policy",
    "revert_trigger",
    "route_waiting",
    "save_category",
    "save_content",
    "save_reply_as_macro",
    "set_agent_availability",
    "set_agent_capacity",
    "set_automatic",
    "set_automation_active",
    "set_availability",
    "set_house_capacity",
    "set_macro_active",
    "set_role_capacity",
    "set_routing",
    "set_skill_holders",
    "set_sla_policy_active",
    "set_trigger_active",
    "submit_with_macros",
    "sweep_automations",
    "tick_sla",
    "update_automation",
    "update_macro",
    "update_sla_policy",
    "update_trigger",
]

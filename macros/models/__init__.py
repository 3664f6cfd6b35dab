from macros.models.rules import (
    Automation,
    AutomationDue,
    Macro,
    MacroUse,
    Rule,
    RuleKind,
    RuleRevision,
    RuleRun,
    Trigger,
    TriggerCategory,
)

__all__ = [
    "Automation",
    "AutomationDue",
    "Macro",
    "MacroUse",
    "Rule",
    "RuleKind",
    "RuleRevision",
    "RuleRun",
    "Trigger",
    "TriggerCategory",
]

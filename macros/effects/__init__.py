"""What rules do: `[{"field", "value"}]` (Zendesk's actions), planned first and carried out after.

`plan` says what a rule would do to a ticket, without doing it: triggers and automations carry a
plan out, macros put it into the agent's form, rehearsals only show it.
"""

from macros.effects.plan import Notice, Plan, TextChange, WebhookCall
from macros.effects.planning import plan
from macros.effects.registry import EFFECTS, Effect, InvalidEffect, labels_of, parse_effects

__all__ = [
    "EFFECTS",
    "Effect",
    "InvalidEffect",
    "Notice",
    "Plan",
    "TextChange",
    "WebhookCall",
    "labels_of",
    "parse_effects",
    "plan",
]

"""What the pages of rules share: who enters, and how a refusal becomes an answer."""

from __future__ import annotations

from accounts.roles import Permission
from macros.effects import InvalidEffect
from macros.errors import ChangedRule, InvalidRule
from tickets.conditions import InvalidCondition
from web.builder.access import rule_page_for

REFUSALS = (InvalidRule, InvalidCondition, InvalidEffect, ChangedRule)

rules_page = rule_page_for(Permission.MANAGE_RULES)

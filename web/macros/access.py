"""What the macro pages share: who enters, and how a refusal becomes an answer."""

from __future__ import annotations

from accounts.roles import Permission
from macros.effects import InvalidEffect
from macros.errors import ChangedRule, InvalidRule
from web.builder.access import rule_page_for

REFUSALS = (InvalidRule, InvalidEffect, ChangedRule)

macro_page = rule_page_for(Permission.COMMENT_INTERNALLY)  # every agent

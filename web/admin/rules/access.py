"""What the pages of rules share: who enters, and how a refusal becomes an answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponseBase

from accounts.roles import Permission
from macros.actions import ChangedRule, InvalidRule, RuleGone
from macros.effects import InvalidEffect
from tickets.conditions import InvalidCondition
from web.access import Page, SignedInRequest, workspace

REFUSALS = (InvalidRule, InvalidCondition, InvalidEffect, ChangedRule)


def rules_page(page: Callable[..., HttpResponseBase]) -> Page:
    """A page of who may manage rules; a rule that is gone becomes 404."""

    @workspace(Permission.MANAGE_RULES)
    @wraps(page)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return page(request, *args, **kwargs)
        except RuleGone as error:
            raise Http404 from error

    return guarded

"""What the macro pages share: who enters, and how a refusal becomes an answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponseBase

from accounts.roles import Permission
from macros.effects import InvalidEffect
from macros.errors import ChangedRule, InvalidRule, RuleGone
from web.access import Page, SignedInRequest, workspace

REFUSALS = (InvalidRule, InvalidEffect, ChangedRule)


def macro_page(page: Callable[..., HttpResponseBase]) -> Page:
    """A page of every agent; a macro that is gone, or another's, becomes 404."""

    @workspace(Permission.COMMENT_INTERNALLY)
    @wraps(page)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return page(request, *args, **kwargs)
        except RuleGone as error:
            raise Http404 from error

    return guarded

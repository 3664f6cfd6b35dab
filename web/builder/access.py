"""Doors of the pages on which rules are written."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponseBase

from accounts.roles import Permission
from macros.errors import RuleGone
from web.access import Page, SignedInRequest, workspace


def rule_page_for(permission: Permission) -> Callable[[Callable[..., HttpResponseBase]], Page]:
    """A page of who has the permission; a rule that is gone, or another's, becomes 404."""

    def door(page: Callable[..., HttpResponseBase]) -> Page:
        @workspace(permission)
        @wraps(page)
        def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                return page(request, *args, **kwargs)
            except RuleGone as error:
                raise Http404 from error

        return guarded

    return door

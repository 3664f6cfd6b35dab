from __future__ import annotations

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import redirect

from web.access import Page, SignedInRequest, signed_in


def customers_only(page: Page) -> Page:
    """A page for signed-in customers. Staff have the workspace and are led there."""

    @wraps(page)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.actor.is_customer:
            if request.method != "GET":
                raise PermissionDenied
            return redirect("views")
        return page(request, *args, **kwargs)

    return signed_in(guarded)

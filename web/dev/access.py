from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from core.pages import BadCursor

DevPage = Callable[..., HttpResponse]


def only_with_local_mail(page: DevPage) -> DevPage:
    """A page that exists only while mail is kept here instead of being sent (DEV_MAIL_PAGE).

    It asks for no sign-in: it plays the mailboxes of people who have no account.
    """

    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEV_MAIL_PAGE:
            raise Http404
        try:
            return page(request, *args, **kwargs)
        except BadCursor as error:
            raise BadRequest(str(error)) from error

    return never_cache(guarded)

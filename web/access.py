"""Who may enter a page, and how the named errors of the lower rooms become answers of HTTP."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django_htmx.middleware import HtmxDetails

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.models import User
from accounts.roles import Permission
from core.pages import BadCursor
from knowledge.errors import ArticleNotFound
from tickets.errors import TicketNotFound


class SignedInRequest(HttpRequest):
    """A request behind `workspace` or `signed_in`: there is a person and an actor."""

    actor: Actor
    user: User
    htmx: HtmxDetails


class Page(Protocol):
    def __call__(self, request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase: ...


def workspace(permission: str = Permission.VIEW_TICKETS) -> Callable[[Page], Page]:
    """A page for staff with this permission.

    Visitors go to the sign-in page and come back; customers go to their requests. What is hidden
    becomes 404, NotPermitted 403, BadCursor 400. Times are shown in the person's time zone.
    """

    def decorate(page: Page) -> Page:
        @wraps(page)
        def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.actor:
                return ask_to_sign_in(request)
            if not request.actor.can(Permission.USE_WORKSPACE):
                return _away_from_workspace(request)
            if not request.actor.can(permission):
                raise PermissionDenied
            return answer(page, request, *args, **kwargs)

        return guarded

    return decorate


def signed_in(page: Page) -> Page:
    """A page for everybody who has signed in, customers too. Errors as in `workspace`."""

    @wraps(page)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.actor:
            return ask_to_sign_in(request)
        return answer(page, request, *args, **kwargs)

    return guarded


def answer(page: Page, request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """Run a page in the reader's time zone, with named errors as HTTP's; never kept by caches."""
    try:
        with timezone.override(time_zone_of(request.user)):
            response = page(request, *args, **kwargs)
    except (TicketNotFound, ArticleNotFound) as error:
        raise Http404 from error
    except NotPermitted as error:
        raise PermissionDenied(str(error)) from error
    except BadCursor as error:
        raise BadRequest(str(error)) from error
    if not response.has_header("Cache-Control"):
        patch_cache_control(response, private=True, no_store=True)
    return response


def time_zone_of(user: User) -> ZoneInfo | None:
    """The person's time zone; None (the installation's) where none is set or it is not known."""
    try:
        return ZoneInfo(user.time_zone) if user.time_zone else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; for a fragment a notice, so that what was typed stays where it is."""
    if request.headers.get("HX-Request"):
        return render(request, "errors/_signed_out.html", status=401)
    return redirect_to_login(request.get_full_path() if request.method == "GET" else "")


def _away_from_workspace(request: HttpRequest) -> HttpResponse:
    if request.method == "GET" and not request.headers.get("HX-Request"):
        return redirect("portal:requests")
    raise PermissionDenied

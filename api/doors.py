"""The one kind of view of this API: a function for each verb, JSON in, JSON out.

`door(GET=tickets.index, POST=tickets.create)` makes a view; api/urls.py is the table of contents.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.views import View
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.roles import Permission
from api.parsers import BoundedJSONParser
from api.throttling import Rate, TokenThrottle

Handler = Callable[..., HttpResponseBase]


class Door(APIView):
    """Authentication, limits and headers that all resources share."""

    parser_classes: Any = [BoundedJSONParser]
    throttle_classes = [TokenThrottle]
    metadata_class = None  # OPTIONS describes nothing
    verbs: dict[str, Handler] = {}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise ParseError("The address contains a NUL character.")

    def finalize_response(  # type: ignore[override]  # a download is no Response of DRF's
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        response = super().finalize_response(request, response, *args, **kwargs)
        rate: Rate | None = getattr(request, "rate", None)
        for name, value in (rate.headers() if rate else {}).items():
            response[name] = value
        response["Cache-Control"] = "private, no-store"
        return response


def door(*, parsers: list[type] | None = None, **verbs: Handler) -> Callable[..., Any]:
    """A view that answers each verb with its function, called with request and URL parts."""
    members: dict[str, Any] = {verb.lower(): _method(handler) for verb, handler in verbs.items()}
    members["verbs"] = verbs
    if parsers:
        members["parser_classes"] = parsers
    view: type[View] = type("ResourceDoor", (Door,), members)
    return view.as_view()


def _method(handler: Handler) -> Callable[..., HttpResponseBase]:
    def method(self: Door, request: Request, **parts: Any) -> HttpResponseBase:
        return handler(request, **parts)

    return method


def actor_of(request: Request) -> Actor:
    """Who holds the token of this request, with the rights they have now."""
    actor: Actor = request._request.actor  # type: ignore[attr-defined]
    return actor


def staff_of(request: Request, permission: str = Permission.VIEW_TICKETS) -> Actor:
    """The same where customers have no business. Raises NotPermitted."""
    actor = actor_of(request)
    if actor.is_customer or not actor.can(permission):
        raise NotPermitted
    return actor


def base_of(request: Request) -> str:
    """Where this API lives, as the client sees it; ALLOWED_HOSTS vouches for the host."""
    return f"{request.scheme}://{request.get_host()}/api/v2"


def not_found(request: Request, **parts: Any) -> Response:
    """The answer to an address that does not exist, in the one shape of errors."""
    raise Http404

"""Error pages: what happened, what was kept, what to do next. A fragment gets a notice instead."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return _plain(request, 413)
    return _plain(request, 400, str(exception) if isinstance(exception, BadRequest) else "")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    reason = str(exception) if isinstance(exception, PermissionDenied) else ""
    return answer(request, 403, message=reason)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return _plain(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from before the last sign-in, or from another site (settings.CSRF_FAILURE_VIEW)."""
    logger.warning("csrf.refused", extra={"why": reason, "path": request.path})
    return _plain(request, 403, template="csrf")


def answer(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    """The error page of a status, or its notice for a fragment."""
    name = f"errors/_{status}.html" if _is_fragment(request) else f"errors/{status}.html"
    return render(request, name, context, status=status)


def _plain(
    request: HttpRequest, status: int, message: str = "", template: str = ""
) -> HttpResponse:
    """The same without session, person or database: they may be what is broken."""
    name = template or str(status)
    path = f"errors/_{name}.html" if _is_fragment(request) else f"errors/{name}.html"
    text = render_to_string(path, {"theme": "system", "message": message, "path": request.path})
    return HttpResponse(text, status=status)


def _is_fragment(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"

"""One shape for every error: {"error", "description", "details": {field: [{"description"}]}}."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import IntegrityError
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response

from accounts.errors import (
    AddressTaken,
    InvalidPerson,
    MergeRefused,
    NotPermitted,
    UnknownOrganization,
)
from core.pages import BadCursor
from macros.effects import InvalidEffect
from macros.errors import ChangedRule, InvalidRule, RuleGone
from tickets.actions import FieldGone
from tickets.conditions import InvalidCondition
from tickets.errors import (
    ConflictingChange,
    InvalidChange,
    TicketClosed,
    TicketNotFound,
    TooManyJobs,
)

logger = logging.getLogger(__name__)

_INVALID = "Record validation errors"


class BadParameter(exceptions.APIException):
    """A parameter of the address that this list does not know (400)."""

    status_code = 400
    default_code = "invalid_parameter"


class IdempotencyMismatch(exceptions.APIException):
    """The same Idempotency-Key with another body (400, as Zendesk answers)."""

    status_code = 400
    default_detail = "Request parameters for an idempotent request must be identical."
    default_code = "idempotent_request"


_NAMES = {
    "invalid_parameter": "InvalidParameter",
    "idempotent_request": "IdempotentRequestError",
    "parse_error": "InvalidRequest",
    "request_too_large": "RequestTooLarge",
    "not_authenticated": "CouldNotAuthenticate",
    "authentication_failed": "CouldNotAuthenticate",
    "permission_denied": "Forbidden",
    "not_found": "RecordNotFound",
    "method_not_allowed": "MethodNotAllowed",
    "not_acceptable": "NotAcceptable",
    "unsupported_media_type": "UnsupportedMediaType",
    "throttled": "TooManyRequests",
    "search_too_far": "SearchTooFar",
}


# Properties that Zendesk calls otherwise.
_ZENDESKS = {"language": "locale", "domains": "domain_names", "identity": "value"}


def answer(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's EXCEPTION_HANDLER. None (a 500 with no details) for what nobody foresaw."""
    match exc:
        case TicketNotFound() | RuleGone() | FieldGone() | Http404():
            return error(404, "RecordNotFound", "Not found")
        case NotPermitted() | PermissionDenied():
            return error(403, "Forbidden", str(exc) or "You are not permitted to do this.")
        case ConflictingChange():
            return error(409, "UpdateConflict", str(exc), _conflicts(exc))
        case InvalidChange():
            return error(422, "RecordInvalid", _INVALID, {exc.field: [_detail(str(exc))]})
        case TicketClosed():
            return error(422, "RecordInvalid", _INVALID, {"status": [_detail(str(exc))]})
        case TooManyJobs():
            return error(429, "TooManyJobs", str(exc))
        case InvalidCondition():
            return error(422, "InvalidQuery", str(exc))
        case InvalidRule() | InvalidEffect():
            return error(422, "RecordInvalid", _INVALID, {"base": [_detail(str(exc))]})
        case ChangedRule():
            return error(409, "UpdateConflict", str(exc))
        case AddressTaken():
            detail = _detail(str(exc)) | {"error": "DuplicateValue"}
            return error(422, "RecordInvalid", _INVALID, {"email": [detail]})
        case InvalidPerson():
            name = _ZENDESKS.get(exc.field, exc.field)
            return error(422, "RecordInvalid", _INVALID, {name: [_detail(str(exc))]})
        case MergeRefused():
            return error(422, "RecordInvalid", _INVALID, {"base": [_detail(str(exc))]})
        case UnknownOrganization():
            return error(422, "RecordInvalid", _INVALID, {"organization_id": [_detail(str(exc))]})
        case BadCursor():
            return error(400, "InvalidPaginationParameter", str(exc))
        case IntegrityError():
            # Two requests at once; each on its own was found to be right.
            return error(409, "Conflict", "Somebody else saved the same thing. Try again.")
        case RequestDataTooBig():
            return error(413, "RequestTooLarge", "The request is too large.")
        case exceptions.ValidationError():
            return error(422, "RecordInvalid", _INVALID, _details(exc.detail))
        case exceptions.APIException():
            return _known(exc)
    logger.exception("api.failed", exc_info=exc)
    return error(500, "InternalError", "Something went wrong here. It has been noted.")


def error(
    status: int, name: str, description: str, details: dict[str, Any] | None = None
) -> Response:
    body: dict[str, Any] = {"error": name, "description": description}
    if details:
        body["details"] = details
    return Response(body, status=status)


def _known(exc: exceptions.APIException) -> Response:
    name = _NAMES.get(exc.default_code, "Error")
    response = error(exc.status_code, name, str(exc.detail))
    if header := getattr(exc, "auth_header", None):
        response["WWW-Authenticate"] = header
    if (wait := getattr(exc, "wait", None)) is not None:
        response["Retry-After"] = str(int(wait) + 1)
    return response


def _conflicts(exc: ConflictingChange) -> dict[str, Any]:
    return {
        change.field: [
            _detail(f"changed by {change.author} from {change.previous!r} to {change.value!r}")
        ]
        for change in exc.changes
    }


def _detail(description: str) -> dict[str, str]:
    return {"description": description}


def _details(detail: Any, prefix: str = "") -> dict[str, Any]:
    """DRF's nested messages as one level: {"comment.body": [{"description": …}]}."""
    if isinstance(detail, list):
        if not any(isinstance(item, dict | list) for item in detail):
            return {prefix or "base": [_detail(str(item)) for item in detail]}
        detail = {str(index): item for index, item in enumerate(detail) if item}
    if not isinstance(detail, dict):
        return {prefix or "base": [_detail(str(detail))]}
    flat: dict[str, Any] = {}
    for name, value in detail.items():
        is_general = name == "non_field_errors"
        path = prefix if is_general else f"{prefix}.{name}" if prefix else str(name)
        flat |= _details(value, path)
    return flat

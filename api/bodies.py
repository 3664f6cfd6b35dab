"""From a request's JSON to the plain values that actions take."""

from __future__ import annotations

from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.serializers import Serializer

Values = dict[str, Any]


def read_body(request: Request, name: str, shape: type[Serializer]) -> Values:
    """The object under `name`, checked. Raises ParseError, ValidationError."""
    body = request.data
    inner = body.get(name) if isinstance(body, dict) else None
    if not isinstance(inner, dict):
        raise ParseError(f'The body must look like {{"{name}": {{…}}}}.')
    reader = shape(data=inner)
    reader.is_valid(raise_exception=True)
    values: Values = reader.validated_data
    return values

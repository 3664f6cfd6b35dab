"""Request bodies: read no further than allowed, then parsed."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser, JSONParser

_CHUNK = 64 * 1024
_IN_MEMORY = 1024 * 1024


class TooLarge(APIException):
    status_code = 413
    default_detail = "The request is too large."
    default_code = "request_too_large"


class BoundedJSONParser(JSONParser):
    """A JSON object of at most DATA_UPLOAD_MAX_MEMORY_SIZE bytes."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise TooLarge
        try:
            parsed = super().parse(io.BytesIO(body), media_type, dict(parser_context or {}))
        except RecursionError as error:
            raise ParseError("The JSON is nested too deeply.") from error
        if not isinstance(parsed, dict):
            raise ParseError("The body must be a JSON object.")
        return parsed


class FileParser(BaseParser):
    """The body itself as a file of at most ATTACHMENT_MAX_BYTES, whatever its type claims."""

    media_type = "*/*"

    def parse(  # type: ignore[override]  # the stubs know forms only
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> File:
        body = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  the view closes it
        size = 0
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > settings.ATTACHMENT_MAX_BYTES:
                body.close()
                raise TooLarge
            body.write(chunk)
        body.seek(0)
        file = File(body, name="upload")
        file.size = size
        return file

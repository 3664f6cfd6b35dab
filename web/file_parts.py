"""A file in the parts that players ask for: one range of bytes a request (RFC 9110 §14.2)."""

from __future__ import annotations

import re
from typing import IO

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from core.storage import blobs
from tickets.models import Attachment
from web.file_streams import read, read_async

_RANGE = re.compile(r"bytes=(\d*)-(\d*)\Z")


def part_of(request: HttpRequest, file: Attachment) -> HttpResponseBase:
    """The range that is asked for, or the whole. Raises FileNotFoundError."""
    asked = _RANGE.match(request.headers.get("Range", ""))
    span = _span(asked[1], asked[2], file.size) if asked else (0, file.size)
    if span is None:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size}"})
    start, end = span
    blob = blobs.open_blob(file.key)
    blob.seek(start)
    limited = _Limited(blob, end - start)
    chunks = read_async(limited) if isinstance(request, ASGIRequest) else read(limited)
    response = StreamingHttpResponse(chunks, content_type=file.content_type)
    response["Accept-Ranges"] = "bytes"
    response["Content-Length"] = str(end - start)
    if asked:
        response.status_code = 206
        response["Content-Range"] = f"bytes {start}-{end - 1}/{file.size}"
    return response


def _span(first: str, last: str, size: int) -> tuple[int, int] | None:
    """From and up to, as Python counts; None when there is nothing of it."""
    if not first and not last:
        return None
    if not first:
        start, end = max(size - int(last[:18]), 0), size
    else:
        start, end = int(first[:18]), min(int(last[:18]) + 1, size) if last else size
    return (start, end) if start < end else None


class _Limited:
    """The next bytes of a file, and no more than that."""

    def __init__(self, blob: IO[bytes], left: int) -> None:
        self.blob, self.left = blob, left

    def read(self, size: int) -> bytes:
        chunk = self.blob.read(min(size, self.left))
        self.left -= len(chunk)
        return chunk

    def close(self) -> None:
        self.blob.close()

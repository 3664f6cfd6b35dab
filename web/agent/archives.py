"""All files of a message or a ticket as one ZIP, made while it is sent: nothing lies in memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence

from django.core.handlers.asgi import ASGIRequest
from django.http import Http404, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.storage import blobs
from tickets import policies
from tickets.files import clean_filename
from tickets.models import Attachment
from tickets.selectors.conversations import visible_comment
from tickets.selectors.files import files_of_ticket
from web.access import SignedInRequest, workspace
from web.file_streams import CHUNK, in_turn
from web.files import kept_safe

MOST_FILES, MOST_BYTES = 500, 1_000_000_000


@require_GET
@workspace()
def of_comment(request: SignedInRequest, comment_id: int) -> HttpResponseBase:
    comment = visible_comment(request.actor, comment_id)
    if comment is None:
        raise Http404
    files = list(comment.attachments.order_by("id")[: MOST_FILES + 1])
    return _archive(request, files, f"ticket-{comment.ticket_id}-message-{comment.pk}.zip")


@require_GET
@workspace()
def of_ticket(request: SignedInRequest, number: int) -> HttpResponseBase:
    ticket = policies.visible_ticket(request.actor, number)
    files = files_of_ticket(ticket, request.actor, limit=MOST_FILES + 1)
    return _archive(request, files, f"ticket-{number}.zip")


def _archive(
    request: SignedInRequest, files: Sequence[Attachment], filename: str
) -> HttpResponseBase:
    if not files:
        raise Http404
    if len(files) > MOST_FILES or sum(file.size for file in files) > MOST_BYTES:
        words = _("These are too many files for one archive. Save them one by one.")
        return render(request, "errors/413.html", {"message": words}, status=413)
    pieces = zipped(files)
    chunks = in_turn(pieces) if isinstance(request, ASGIRequest) else pieces
    response = StreamingHttpResponse(chunks, content_type="application/zip")
    return kept_safe(response, f'attachment; filename="{filename}"')


def zipped(files: Sequence[Attachment]) -> Iterator[bytes]:
    """A ZIP of the files under harmless names, each once; a file that is gone is named in a note.

    Nothing is compressed: pictures and PDF files are already, and a reader's time costs more.
    """
    out = _Outlet()
    gone = []
    names = _names(files)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for file, name in zip(files, names, strict=True):
            try:
                blob = blobs.open_blob(file.key)
            except FileNotFoundError:
                gone.append(name)
                continue
            entry = zipfile.ZipInfo(name, file.created_at.timetuple()[:6])
            with blob, archive.open(entry, "w", force_zip64=True) as target:
                while chunk := blob.read(CHUNK):
                    target.write(chunk)
                    yield out.taken()
        if gone:
            archive.writestr("missing files.txt", "\n".join(gone))
    yield out.taken()


def _names(files: Sequence[Attachment]) -> list[str]:
    """One of its own for each: file systems do not tell capitals apart."""
    seen: set[str] = set()
    names = []
    for file in files:
        name = clean_filename(file.filename)
        stem, dot, ending = name.rpartition(".")
        number = 1
        while name.casefold() in seen:
            number += 1
            name = f"{stem} ({number}).{ending}" if dot else f"{ending} ({number})"
        seen.add(name.casefold())
        names.append(name)
    return names


class _Outlet(io.RawIOBase):
    """Where a ZIP is written to and taken from at once; it cannot be sought in."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._place = 0

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        return self._place

    def write(self, piece: object, /) -> int:
        content = bytes(piece)  # type: ignore[call-overload]
        self._pieces.append(content)
        self._place += len(content)
        return len(content)

    def taken(self) -> bytes:
        content = b"".join(self._pieces)
        self._pieces.clear()
        return content

"""Looking at files without saving them: pictures, pages, first lines, sound (attacks 17, 18).

A stranger's bytes never become a page: pictures and pages are drawn anew by a process of their own,
text is printed as text, sound and film go to the browser's player by their type and nothing else.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from core.previews.making import Busy
from core.storage import blobs
from tickets.actions import rendition_of
from tickets.actions.renditions import PAGES
from tickets.models import Attachment, Rendition
from tickets.selectors.files import visible_attachment
from web.access import SignedInRequest, workspace
from web.file_kinds import PLAYED, is_viewed, kind_of
from web.file_parts import part_of
from web.files import kept_safe

TEXT_BYTES = 64 * 1024
LINES, ROWS, COLUMNS, CELL = 400, 100, 30, 200


@dataclass(frozen=True, slots=True)
class View:
    """What the viewer shows of a file; `pages` are addresses of pictures."""

    file: Attachment
    kind: str
    pages: list[str] = field(default_factory=list)
    page_total: int = 0
    text: str = ""
    rows: list[list[str]] = field(default_factory=list)
    is_cut: bool = False


@require_GET
@workspace()
def show(request: SignedInRequest, attachment_id: int) -> HttpResponse:
    """The inside of the viewer for one file."""
    file = _visible(request, attachment_id)
    try:
        view = _view_of(file)
    except FileNotFoundError as error:
        raise Http404 from error
    except Busy:
        return HttpResponse(status=503, headers={"Retry-After": "3"})
    return render(request, "agent/files/_view.html", {"view": view, "file": file})


@require_GET
@workspace()
def picture(request: SignedInRequest, attachment_id: int, number: int) -> HttpResponseBase:
    """The small picture of an image, or of one page of a PDF."""
    file = _visible(request, attachment_id)
    try:
        made = rendition_of(attachment=file, number=number)
        content = blobs.read(made.key) if made.key else b""
    except Busy:
        return HttpResponse(status=503, headers={"Retry-After": "3"})
    except FileNotFoundError as error:
        raise Http404 from error
    if not content:
        raise Http404
    return kept_safe(HttpResponse(content, content_type="image/webp"), "inline")


@require_GET
@workspace()
def play(request: SignedInRequest, attachment_id: int) -> HttpResponseBase:
    """Sound or film for the browser's own player, also in parts (RFC 9110 §14)."""
    file = _visible(request, attachment_id)
    if file.content_type not in PLAYED:
        raise Http404
    try:
        return kept_safe(part_of(request, file), "inline")
    except FileNotFoundError as error:
        raise Http404 from error


def _visible(request: SignedInRequest, attachment_id: int) -> Attachment:
    file = visible_attachment(request.actor, attachment_id)
    if file is None or not is_viewed(file):
        raise Http404
    return file


def _view_of(file: Attachment) -> View:
    kind = kind_of(file)
    if kind == "pdf":
        first = rendition_of(attachment=file)
        return View(file, kind, pages=_pages(first), page_total=first.pages)
    if kind == "text":
        text, is_cut = _beginning(file)
        lines = text.splitlines()
        return View(file, kind, text="\n".join(lines[:LINES]), is_cut=is_cut or len(lines) > LINES)
    if kind == "table":
        text, is_cut = _beginning(file)
        rows = _rows(text)
        return View(file, kind, rows=rows[:ROWS], is_cut=is_cut or len(rows) > ROWS)
    return View(file, kind)


def _pages(first: Rendition) -> list[str]:
    if not first.key:
        return []
    shown = range(min(first.pages, PAGES))
    return [reverse("file_picture", args=[first.attachment_id, number]) for number in shown]


def _beginning(file: Attachment) -> tuple[str, bool]:
    """The first letters, whatever their encoding; control characters are shown as they are not."""
    with blobs.open_blob(file.key) as blob:
        head = blob.read(TEXT_BYTES)
    for encoding in ("utf-16",) if head[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            text = head.decode(encoding, "strict")
            break
        except UnicodeDecodeError as error:
            # A letter that was cut in two at the end is no sign of another encoding.
            text = head.decode(encoding if error.start > len(head) - 4 else "cp1252", "replace")
    return text.replace("\x00", "�"), file.size > TEXT_BYTES


def _rows(text: str) -> list[list[str]]:
    lines = text.splitlines()[: ROWS + 1]
    first = lines[0] if lines else ""
    separator = max(",;\t|", key=first.count)
    rows = csv.reader(io.StringIO("\n".join(lines)), delimiter=separator, strict=False)
    found = []
    try:
        for row in rows:
            found.append([cell[:CELL] for cell in row[:COLUMNS]])
    except csv.Error:
        return [[line[:CELL]] for line in lines]
    return found

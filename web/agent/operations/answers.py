"""What operations answer: a dialog or a page, words with a way back, a way on."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from core import clock
from web.access import SignedInRequest

UNDO_SHOWN = timedelta(seconds=12)
FRAME = "agent/tickets/operations/frame.html"
DIALOG = "agent/tickets/operations/dialog.html"


def dialog(
    request: SignedInRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """The template as a dialog's content for scripts, as a page of its own for everybody else."""
    frame = DIALOG if request.htmx else FRAME
    return render(request, template, {**context, "frame": frame}, status=status)


def done(
    request: SignedInRequest, number: int, words: str, *, undo: str = "", go: str = ""
) -> HttpResponse:
    """Close the dialog and say what was done; `undo` is the address that takes it back.

    With `go` the person is led there and the words are said on the next page.
    """
    if go or not request.htmx:
        messages.success(request, words, extra_tags=undo)
        if not request.htmx:
            return redirect(go or "ticket", *(() if go else (number,)))
        return HttpResponse(status=204, headers={"HX-Redirect": go})
    said: dict[str, Any] = {"toast": words}
    if undo:
        until = clock.now() + UNDO_SHOWN
        said = {"undoable": {"words": words, "url": undo, "until": until.isoformat()}}
    trigger = json.dumps({"dialog-done": True, "ticket-saved": {"ticket": number}, **said})
    return HttpResponse(status=204, headers={"HX-Trigger": trigger})


def undoable(words: str, url: str) -> str:
    """HX-Trigger of a fragment that was saved and can be taken back for a moment."""
    until = clock.now() + UNDO_SHOWN
    said = {"words": words, "url": url, "until": until.isoformat()}
    return json.dumps({"ticket-saved": {}, "undoable": said})


def undone(words: str, *, go: str = "") -> JsonResponse:
    """The answer to "Undo" in a message at the foot (static/js/elements/take-back.js)."""
    return JsonResponse({"toast": words, "go": go})


def not_undone(words: str, *, status: int = 409) -> JsonResponse:
    return JsonResponse({"error": words}, status=status)

"""The draft of a reply: kept on the server while somebody writes."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from tickets import policies
from tickets.actions import DraftContent, discard_reply_draft, save_reply_draft
from tickets.draft_places import REPLY, is_place, side_of
from tickets.errors import DraftMovedOn, InvalidChange
from tickets.models import ReplyDraft
from tickets.selectors.drafts import my_draft
from tickets.side_policies import visible_side_conversation
from web.access import SignedInRequest, workspace

EXTRAS = ("uploads", "macros", "fields", "recipients", "submitKey")
EXTRAS_LIMIT = 100_000  # letters of JSON


@require_http_methods(["GET", "PUT", "DELETE"])
@workspace(Permission.COMMENT_INTERNALLY)
def draft(request: SignedInRequest, number: int | None = None, place: str = REPLY) -> HttpResponse:
    """One's own draft on a ticket: read, saved, thrown away. Nobody else's can be asked for."""
    if number is not None:
        _require_place(request, number, place)
    if request.method == "GET":
        return JsonResponse({"draft": shape(my_draft(request.actor, number, place))})
    if request.method == "DELETE":
        known = request.GET.get("version", "")
        discard_reply_draft(
            actor=request.actor, ticket_id=number, place=place,
            expected_version=int(known) if known.isdecimal() else None,
        )  # fmt: skip
        return HttpResponse(status=204)
    try:
        content, version = _read(request)
        saved = save_reply_draft(
            actor=request.actor, ticket_id=number, content=content, expected_version=version,
            place=place,
        )  # fmt: skip
    except DraftMovedOn as error:
        current = shape(my_draft(request.actor, number, place))
        return JsonResponse({"error": str(error), "draft": current}, status=409)
    except InvalidChange as error:
        return JsonResponse({"error": str(error)}, status=422)
    return JsonResponse({"version": saved.version, "savedAt": saved.updated_at.isoformat()})


def _require_place(request: SignedInRequest, number: int, place: str) -> None:
    """Raises TicketNotFound for what somebody may not see, Http404 for no place at all."""
    policies.visible_ticket(request.actor, number)
    if not is_place(place):
        raise Http404
    if side_id := side_of(place):
        visible_side_conversation(request.actor, side_id, number)


def shape(draft: ReplyDraft | None) -> dict[str, Any] | None:
    """As the composer reads it; also what a page begins with."""
    if draft is None:
        return None
    extras = {name: draft.extras[name] for name in EXTRAS if name in draft.extras}
    return {
        **extras,
        "html": draft.html,
        "kind": "public" if draft.is_public else "internal",
        "version": draft.version,
        "savedAt": draft.updated_at.isoformat(),
    }


def _read(request: HttpRequest) -> tuple[DraftContent, int]:
    """Raises InvalidChange for what no composer of ours has written."""
    try:
        sent = json.loads(request.body)
        html, version = sent["html"], sent["version"]
        extras = {name: sent[name] for name in EXTRAS if name in sent}
        is_wrong = not (isinstance(html, str) and isinstance(version, int))
        if is_wrong or len(json.dumps(extras)) > EXTRAS_LIMIT:
            raise ValueError
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidChange("draft", "This draft cannot be read.") from error
    is_public = sent.get("kind") != "internal"
    return DraftContent(html=html, is_public=is_public, extras=extras), version

"""Replies that have not left: taken back, sent now, moved to another time, discarded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from accounts.roles import Permission
from channels_in.sources import source_of_comment
from tickets import policies
from tickets.actions import (
    discard_comment,
    release_comment,
    reschedule_comment,
    take_back_comment,
)
from tickets.errors import AlreadyLeft, InvalidChange, TicketClosed
from tickets.models import Comment
from web.access import SignedInRequest, workspace
from web.agent.moments import moment_from
from web.files import kept_safe

SAVED = {"HX-Trigger": "ticket-saved"}


@require_POST
@workspace(Permission.REPLY_PUBLICLY)
def take_back(request: SignedInRequest, comment_id: int) -> HttpResponse:
    """Stop a reply; the answer carries what the composer needs to go on with it."""
    try:
        taken = take_back_comment(actor=request.actor, comment_id=comment_id)
    except AlreadyLeft as error:
        return JsonResponse({"error": str(error)}, status=409, headers=SAVED)
    uploads = [
        {"id": file.pk, "name": file.filename, "size": file.size, "isInline": file.is_inline}
        for file in taken.uploads
    ]
    comment = taken.comment
    content = {"body": comment.body, "html": comment.html, "kind": "public", "uploads": uploads,
               "ticket": comment.ticket_id}  # fmt: skip
    return JsonResponse(content, headers=SAVED)


@require_POST
@workspace(Permission.REPLY_PUBLICLY)
def send(request: SignedInRequest, comment_id: int) -> HttpResponse:
    """Let a scheduled or paused reply leave: now, or with `send_later` at another moment."""

    def act(at: datetime | None) -> Comment:
        comment = Comment.objects.filter(pk=comment_id).only("metadata").first()
        release = release_comment if comment and not comment.waits else reschedule_comment
        return release(actor=request.actor, comment_id=comment_id, at=at)

    return _tried(
        request, lambda: act(moment_from(request.POST) if "send_later" in request.POST else None)
    )


@require_POST
@workspace(Permission.REPLY_PUBLICLY)
def discard(request: SignedInRequest, comment_id: int) -> HttpResponse:
    """Decide that a paused reply is not sent."""
    return _tried(request, lambda: discard_comment(actor=request.actor, comment_id=comment_id))


def _tried(request: SignedInRequest, act: Callable[[], object]) -> HttpResponse:
    """Done, or what stood against it as words beneath the message."""
    try:
        act()
    except (AlreadyLeft, InvalidChange, TicketClosed) as error:
        status = 422 if isinstance(error, InvalidChange) else 409
        context = {"message": str(error)}
        return render(request, "agent/tickets/_refused.html", context, status=status)
    return HttpResponse(headers=SAVED)


@require_GET
@workspace()
def source(request: SignedInRequest, number: int, comment_id: int) -> HttpResponseBase:
    """The message exactly as it came: headers and source, as text; with `download` as a file."""
    found = source_of_comment(request.actor, ticket_id=number, comment_id=comment_id)
    if "download" in request.GET:
        answer = HttpResponse(found.raw, content_type="application/octet-stream")
        return kept_safe(answer, f'attachment; filename="message-{comment_id}.eml"')
    ticket = policies.visible_ticket(request.actor, number)
    context = {"source": found, "ticket": ticket, "comment_id": comment_id}
    return render(request, "agent/tickets/source.html", context)

"""Submitting: a reply or note, a status, or both at once."""

from __future__ import annotations

import hashlib
import json

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.html import from_text
from tickets import policies
from tickets.actions import update_ticket
from tickets.drafts import CommentDraft, TicketChanges
from tickets.errors import ConflictingChange, InvalidChange, TicketClosed
from tickets.models import AuditEvent, Comment, EventType, Status, Ticket
from web.access import SignedInRequest, workspace
from web.agent.event_words import names_in, words_of
from web.agent.numbers import as_id, as_ids
from web.agent.ticket_page import active_fields
from web.errors import answer

BODY_LIMIT = 200_000  # letters


@require_POST
@workspace()
def create(request: SignedInRequest, number: int) -> HttpResponse:
    """One submit. A conflict or a mistake is answered with a notice; the form keeps what it has."""
    status = request.POST.get("status", "")
    changes = TicketChanges(status=status) if status else None
    try:
        draft = comment_from(request)
        if draft is None and changes is None:
            raise InvalidChange("body", _("Write something, or choose another status."))
        if _was_submitted(draft, number):
            return _done(request, number, _("This was submitted already."))
        ticket = _update(request, number, changes, draft)
    except ConflictingChange as conflict:
        return _explain_conflict(request, conflict)
    except TicketClosed as error:
        return _refuse(request, str(error), 409)
    except InvalidChange as error:
        return _refuse(request, str(error), 422)
    return _done(request, number, _said(ticket, draft))


def _update(
    request: SignedInRequest,
    number: int,
    changes: TicketChanges | None,
    draft: CommentDraft | None,
) -> Ticket:
    """Submit; when the same draft came in by another request meanwhile, the ticket as it is."""
    try:
        with transaction.atomic():
            return update_ticket(
                actor=request.actor, ticket_id=number, changes=changes, comment=draft,
                expected_version=version_from(request),
            )  # fmt: skip
    except IntegrityError:
        if not _was_submitted(draft, number):
            raise
        return policies.visible_ticket(request.actor, number)


def comment_from(request: SignedInRequest) -> CommentDraft | None:
    """The comment of a submitted form, or None when nothing was written or attached.

    Raises InvalidChange for a text past BODY_LIMIT: cutting it would lose what somebody wrote.
    """
    body = request.POST.get("body", "").replace("\r\n", "\n").replace("\x00", "").strip()
    uploads = tuple(as_ids(request.POST.getlist("upload")))
    if not body and not uploads:
        return None
    if len(body) > BODY_LIMIT:
        raise InvalidChange("body", _("This is too long. Shorten it, or attach it as a file."))
    return CommentDraft(
        author_id=request.actor.user_id or 0,
        body=body,
        html=from_text(body),
        reply_text=body,
        is_public=request.POST.get("kind") != "internal",
        upload_ids=uploads,
        digest=_digest(request, body),
        metadata={"audit": {"system": {"ip": request.META.get("REMOTE_ADDR", "")}}},
    )


def version_from(request: SignedInRequest) -> int | None:
    return as_id(request.POST.get("version", ""))


def _digest(request: SignedInRequest, body: str) -> str | None:
    """The same for the same draft sent twice (double click, lost answer): one comment is made.

    The text is part of it: a draft that was open in two tabs and went on in one is two comments.
    """
    key = request.POST.get("submit_key", "")[:64]
    if not key:
        return None
    parts = f"web|{request.actor.user_id}|{key}|{request.POST.get('kind')}|{body}"
    return hashlib.sha256(parts.encode()).hexdigest()


def _was_submitted(draft: CommentDraft | None, number: int) -> bool:
    if draft is None or draft.digest is None:
        return False
    return Comment.objects.filter(ticket_id=number, digest=draft.digest).exists()


def _said(ticket: Ticket, draft: CommentDraft | None) -> str:
    status = Status(ticket.status).label
    if draft and not draft.is_public:
        return _("Note added, ticket is %(status)s") % {"status": status}
    return _("Submitted as %(status)s") % {"status": status}


def _done(request: SignedInRequest, number: int, words: str) -> HttpResponse:
    if not request.htmx:
        messages.success(request, words)
        return redirect("ticket", number)
    response = HttpResponse("")
    response["HX-Trigger"] = json.dumps({"ticket-saved": {"ticket": number}, "toast": words})
    return response


def _refuse(request: SignedInRequest, message: str, status: int) -> HttpResponse:
    if request.htmx:
        return render(request, "agent/tickets/_refused.html", {"message": message}, status=status)
    return answer(request, 409 if status == 422 else status, message=message)


def _explain_conflict(request: SignedInRequest, conflict: ConflictingChange) -> HttpResponse:
    """Who changed what meanwhile; the page then fetches the new state, and the text stays."""
    events = [
        AuditEvent(
            type=EventType.CHANGE, field_name=change.field, previous_value=change.previous,
            value=change.value,
        )
        for change in conflict.changes
    ]  # fmt: skip
    names = names_in(events, active_fields())
    lines = [
        f"{change.author}: {', '.join(words_of([event], names))}"
        for change, event in zip(conflict.changes, events, strict=True)
    ]
    response = answer(request, 409, message=str(conflict), lines=lines)
    response["HX-Trigger"] = "ticket-saved"
    return response

"""Submitting: a reply or note, a status, or both at once."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.roles import Permission
from channels_in.social.openings import opening_of, with_opening
from macros.actions import submit_with_macros
from tickets import policies
from tickets.actions import accept_participant, discard_reply_draft
from tickets.drafts import CommentDraft, TicketChanges
from tickets.errors import ConflictingChange, InvalidChange, TicketClosed, WrittenMeanwhile
from tickets.models import AuditEvent, Comment, EventType, Status, Ticket
from tickets.selectors.conversations import people_of
from tickets.selectors.forms import active_fields
from web.access import SignedInRequest, workspace
from web.agent.applied import applied_in
from web.agent.event_words import names_in, words_of
from web.agent.moments import moment_from, moment_words
from web.agent.numbers import as_id, as_ids
from web.agent.operations.timing import count_submitted
from web.agent.recipients import cc_changes, newly_accepted
from web.composer.bodies import written_in
from web.composer.meanwhile import explain_meanwhile
from web.composer.templates import template_draft
from web.composer.ways import by_way, chosen_way, ways_to
from web.errors import answer
from web.reply_check.gathering import overridden_in


@require_POST
@workspace()
def create(request: SignedInRequest, number: int) -> HttpResponse:
    """One submit. A conflict or a mistake is answered with a notice; the form keeps what it has."""
    try:
        changes, draft = _submit(request, number)
        if draft is None and changes is None and "macro" not in request.POST:
            raise InvalidChange("body", _("Write something, or choose another status."))
        if _was_submitted(draft, number):
            return _done(request, number, _("This was submitted already."))
        ticket = _update(request, number, changes, draft)
    except ConflictingChange as conflict:
        return _explain_conflict(request, conflict)
    except WrittenMeanwhile as error:
        return explain_meanwhile(request, error, seen=seen_in(request))
    except TicketClosed as error:
        return _refuse(request, str(error), 409)
    except InvalidChange as error:
        return _refuse(request, str(error), 422)
    return _done(request, number, _said(ticket, draft), _waiting(ticket, draft))


def _submit(
    request: SignedInRequest, number: int
) -> tuple[TicketChanges | None, CommentDraft | None]:
    """Status, CC list and comment of the form; with `later` the reply leaves at a chosen moment."""
    is_later = "later" in request.POST
    status = request.POST.get("later_status" if is_later else "status", "")
    draft = _reply_of(request, number)
    if is_later and (draft is None or not draft.is_public):
        raise InvalidChange("send_at", _("Only a public reply can be sent later. Write one first."))
    if is_later and draft:
        schedule_id = policies.visible_ticket(request.actor, number).schedule_id
        draft = replace(draft, send_at=moment_from(request.POST, schedule_id=schedule_id))
    changes = TicketChanges(status=status) if status else TicketChanges()
    if draft and draft.is_public and request.actor.can(Permission.EDIT_TICKETS):
        people = people_of(policies.visible_ticket(request.actor, number), request.actor)
        changes = replace(changes, cc_ids=cc_changes(request.POST, people).cc_ids)
    return changes if changes.given() else None, draft


def _reply_of(request: SignedInRequest, number: int) -> CommentDraft | None:
    """What was written, or the template that was chosen, with the way it leaves by."""
    draft = comment_from(request)
    if "way" not in request.POST or (draft and not draft.is_public):
        return draft
    ticket = policies.visible_ticket(request.actor, number)
    draft = template_draft(request.POST, ticket, request.actor.user_id or 0, draft)
    way = chosen_way(ways_to(ticket), request.POST["way"]) if draft else None
    answered = as_id(request.POST.get("answers", ""))
    if draft is None or way is None:
        return draft
    draft = with_opening(draft, opening_of(ticket, way.channel))
    return by_way(draft, way, ticket=ticket, answered_id=answered)


def _update(
    request: SignedInRequest,
    number: int,
    changes: TicketChanges | None,
    draft: CommentDraft | None,
) -> Ticket:
    """Submit; when the same draft came in by another request meanwhile, the ticket as it is."""
    try:
        with transaction.atomic():
            _accept_typed(request, number, draft)
            ticket = submit_with_macros(
                actor=request.actor, ticket_id=number, changes=changes, comment=draft,
                applied=applied_in(request.POST.getlist("macro")),
                expected_version=version_from(request),
                with_ccs=draft is None or not draft.is_public,
            )  # fmt: skip
            if draft:
                discard_reply_draft(actor=request.actor, ticket_id=number)
            count_submitted(request, number)
            return ticket
    except IntegrityError:
        if not _was_submitted(draft, number):
            raise
        return policies.visible_ticket(request.actor, number)


def comment_from(request: SignedInRequest) -> CommentDraft | None:
    """The comment of a submitted form, or None when nothing was written or attached.

    Raises InvalidChange for a text that is too long.
    """
    uploads = tuple(as_ids(request.POST.getlist("upload")))
    written = written_in(request.POST, uploads)
    if not written.body and not uploads:
        return None
    return CommentDraft(
        author_id=request.actor.user_id or 0,
        body=written.body,
        html=written.html,
        reply_text=written.body,
        inline=written.inline,
        seen_comment_id=seen_in(request),
        is_public=request.POST.get("kind") != "internal",
        upload_ids=uploads,
        digest=_digest(request, written.body),
        metadata={"audit": {"system": _noted(request)}},
    )


def _noted(request: SignedInRequest) -> dict[str, object]:
    """What the audit keeps of a submit: whence it came, which doubts it was sent in spite of."""
    ip = request.META.get("REMOTE_ADDR", "")
    overridden = overridden_in(request.POST)
    return {"ip": ip, "sent_anyway": overridden} if overridden else {"ip": ip}


def seen_in(request: SignedInRequest) -> int | None:
    """The newest message that the page has shown; None where the form does not say."""
    return as_id(request.POST.get("seen", ""))


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


def _accept_typed(request: SignedInRequest, number: int, draft: CommentDraft | None) -> None:
    """Whom somebody writes into CC by hand is no stranger any more."""
    if draft is None or not draft.is_public or not request.actor.can(Permission.EDIT_TICKETS):
        return
    people = people_of(policies.visible_ticket(request.actor, number), request.actor)
    for user_id in newly_accepted(request.POST, people):
        accept_participant(actor=request.actor, ticket_id=number, user_id=user_id)


def _waiting(ticket: Ticket, draft: CommentDraft | None) -> Comment | None:
    """The reply that was just written, while it can be taken back."""
    if draft is None or not draft.is_public or draft.send_at:
        return None
    last = ticket.comments.filter(author_id=draft.author_id).order_by("-id").first()
    return last if last and last.waits else None


def _said(ticket: Ticket, draft: CommentDraft | None) -> str:
    status = Status(ticket.status).label
    if draft and draft.send_at:
        return _("Scheduled for %(when)s") % {"when": moment_words(draft.send_at)}
    if draft and not draft.is_public:
        return _("Note added, ticket is %(status)s") % {"status": status}
    return _("Submitted as %(status)s") % {"status": status}


def _done(
    request: SignedInRequest, number: int, words: str, waiting: Comment | None = None
) -> HttpResponse:
    if not request.htmx:
        messages.success(request, words)
        return redirect("ticket", number)
    response = HttpResponse("")
    said: dict[str, object] = {"toast": words}
    if waiting and waiting.send_at:
        url = reverse("take_back", args=[waiting.pk])
        said = {"undoable": {"words": words, "url": url, "until": waiting.send_at.isoformat()}}
    response["HX-Trigger"] = json.dumps({"ticket-saved": {"ticket": number}, **said})
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

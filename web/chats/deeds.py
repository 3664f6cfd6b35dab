"""What an agent does with a chat: take it, refuse it, speak, hold, hand on, share, end."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from channels_in.actions.chat import (
    accept_chat,
    answer_chat,
    decline_chat,
    end_chat,
    hold_chat,
    invite_to_chat,
    join_chat,
    leave_chat,
    mark_house_read,
    note_in_chat,
    resume_chat,
    take_over_chat,
    transfer_chat,
)
from channels_in.chat.intake import AT_ONCE
from channels_in.chat.spoken import TEXT_LENGTH
from core import outbox
from macros.actions import submit_with_macros
from tickets.drafts import TicketChanges
from tickets.errors import InvalidChange
from tickets.models import Status
from web.access import SignedInRequest
from web.agent.applied import applied_in
from web.agent.numbers import as_id, as_ids
from web.chats.guard import deed, done

WRAP_UP = (Status.SOLVED, Status.PENDING, Status.HOLD, Status.OPEN)


@deed
def accept(request: SignedInRequest, chat_id: int) -> HttpResponseBase:
    return done(request, accept_chat(actor=request.actor, chat_id=chat_id))


@deed
def decline(request: SignedInRequest, chat_id: int) -> HttpResponseBase:
    decline_chat(actor=request.actor, chat_id=chat_id)
    return HttpResponse(status=204)


@deed
def take_over(request: SignedInRequest, chat_id: int) -> HttpResponseBase:
    chat = take_over_chat(actor=request.actor, chat_id=chat_id)
    return done(request, chat, _("The chat is yours now."))


@deed
def say(request: SignedInRequest, chat_id: int) -> HttpResponseBase:
    """Words to the visitor, at once; or a note to colleagues (`kind=internal`)."""
    body = request.POST.get("body", "").replace("\r\n", "\n").replace("\x00", "").strip()
    uploads = tuple(as_ids(request.POST.getlist("upload")))
    if not body and not uploads:
        raise InvalidChange("body", _("Write something first."))
    is_note = request.POST.get("kind") == "internal"
    if len(body) > TEXT_LENGTH and not is_note:
        raise InvalidChange("body", _("The visitor's window shows %(n)d characters at most.")
                            % {"n": TEXT_LENGTH})  # fmt: skip
    act = note_in_chat if is_note else answer_chat
    with outbox.at_once(*AT_ONCE):
        act(
            actor=request.actor, chat_id=chat_id, body=body, upload_ids=uploads,
            digest=_digest(request, chat_id),
        )  # fmt: skip
    return HttpResponse(status=204)


def _digest(request: SignedInRequest, chat_id: int) -> str | None:
    """The same for the same words sent twice, after a lost answer: one comment is made."""
    key = request.POST.get("submit_key", "")[:64]
    parts = f"chat|{request.actor.user_id}|{chat_id}|{key}"
    return hashlib.sha256(parts.encode()).hexdigest() if key else None


@deed
def read(request: SignedInRequest, chat_id: int) -> HttpResponseBase:
    comment_id = as_id(request.POST.get("comment", "")) or 0
    mark_house_read(actor=request.actor, chat_id=chat_id, comment_id=comment_id)
    return HttpResponse(status=204)


@deed
def hold(request: SignedInRequest, chat_id: int) -> HttpResponseBase:
    """The visitor sees that it takes a moment; without `reason` the hold ends."""
    reason = request.POST.get("reason", "")
    if not reason.strip():
        return done(request, resume_chat(actor=request.actor, chat_id=chat_id))
    chat = hold_chat(actor=request.actor, chat_id=chat_id, reason=reason)
    return done(request, chat, _("On hold: the visitor is asked for a moment."))


@deed
def transfer(request: SignedInRequest, chat_id: int) -> HttpResponseBase:
    """`to` is `agent-7` or `group-3`."""
    kind, _dash, number = request.POST.get("to", "").partition("-")
    if kind not in ("agent", "group") or as_id(number) is None:
        raise InvalidChange("to", _("Choose an agent or a group."))
    chat = transfer_chat(
        actor=request.actor, chat_id=chat_id, note=request.POST.get("note", ""),
        agent_id=as_id(number) if kind == "agent" else None,
        group_id=as_id(number) if kind == "group" else None,
    )  # fmt: skip
    return done(request, chat, _("Handed on. The conversation goes with it."))


@deed
def invite(request: SignedInRequest, chat_id: int) -> HttpResponseBase:
    user_id = as_id(request.POST.get("user", ""))
    if user_id is None:
        raise InvalidChange("user", _("Choose a colleague."))
    note = request.POST.get("note", "")
    guest = invite_to_chat(actor=request.actor, chat_id=chat_id, user_id=user_id, note=note)
    words = _("%(name)s was asked to join.") % {"name": guest.user.display_name}
    return done(request, guest.chat, words)


@deed
def join(request: SignedInRequest, chat_id: int) -> HttpResponseBase:
    return done(request, join_chat(actor=request.actor, chat_id=chat_id))


@deed
def leave(request: SignedInRequest, chat_id: int) -> HttpResponseBase:
    return done(request, leave_chat(actor=request.actor, chat_id=chat_id), _("You left the chat."))


@deed
def end(request: SignedInRequest, chat_id: int) -> HttpResponseBase:
    """The end with what is left to do: status, tags, a macro, a note for colleagues."""
    status = request.POST.get("status", "")
    if status not in WRAP_UP:
        raise InvalidChange("status", _("Choose what becomes of the ticket."))
    with transaction.atomic():
        chat = end_chat(actor=request.actor, chat_id=chat_id, note=request.POST.get("note", ""))
        tags = request.POST.get("tags", "").replace(",", " ").split()
        given = TicketChanges(status=status, tags=(*chat.ticket.tags, *tags))
        submit_with_macros(
            actor=request.actor, ticket_id=chat.ticket_id, changes=given,
            applied=applied_in(request.POST.getlist("macro")),
        )  # fmt: skip
    return done(request, chat, _ended_words(status))


def _ended_words(status: str) -> str:
    if status == Status.OPEN:
        return _("The chat has ended. What you write now goes by e-mail.")
    return _("The chat has ended; the ticket is %(status)s.") % {"status": Status(status).label}

"""One side conversation: read, written on, closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.roles import Permission
from core import clock
from tickets.actions import (
    SideDraft,
    change_side_conversation,
    discard_reply_draft,
    mark_side_read,
    reply_in_side_conversation,
)
from tickets.draft_places import side_place
from tickets.errors import InvalidChange, TicketClosed
from tickets.models import (
    Comment,
    Delivery,
    DeliveryState,
    SideEvent,
    SideMessage,
    SideState,
    Ticket,
)
from tickets.policies import visible_tickets
from tickets.selectors.side import SideThread, side_thread
from tickets.side_policies import require_ticket
from web.access import SignedInRequest, workspace
from web.agent.message_html import shown_html, text_html
from web.side.forms import Written, draft_in, reopens_in, written_people
from web.side.writing import noted, writing_of

CHILD_COMMENTS = 5
_FAILED = (DeliveryState.FAILED, DeliveryState.BOUNCED, DeliveryState.UNKNOWN)


@require_GET
@workspace()
def thread(request: SignedInRequest, number: int, side_id: UUID) -> HttpResponse:
    return shown_thread(request, require_ticket(request.actor, number), side_id)


@require_POST
@workspace(Permission.REPLY_PUBLICLY)
def reply(request: SignedInRequest, number: int, side_id: UUID) -> HttpResponse:
    """Write on. What is wrong is said above the form, which keeps what it has."""
    ticket = require_ticket(request.actor, number)
    side_thread(request.actor, side_id, number)  # of this ticket
    try:
        draft = SideDraft(**draft_in(request.POST))
        with transaction.atomic():
            sent = reply_in_side_conversation(actor=request.actor, uuid=side_id, message=draft)
            discard_reply_draft(actor=request.actor, ticket_id=number, place=side_place(side_id))
    except TicketClosed as error:
        return shown_thread(request, ticket, side_id, problem=str(error), status=409)
    except InvalidChange as error:
        return shown_thread(request, ticket, side_id, problem=str(error), status=422)
    return noted(shown_thread(request, ticket, side_id), number, sent)


@require_POST
@workspace(Permission.EDIT_TICKETS)
def change(request: SignedInRequest, number: int, side_id: UUID) -> HttpResponse:
    """Close or reopen, or set what a reply does to the ticket."""
    ticket = require_ticket(request.actor, number)
    side_thread(request.actor, side_id, number)
    try:
        change_side_conversation(
            actor=request.actor, uuid=side_id, state=request.POST.get("state") or None,
            reopens_ticket=reopens_in(request.POST) if "on_reply" in request.POST else None,
        )  # fmt: skip
    except (InvalidChange, TicketClosed) as error:
        status = 409 if isinstance(error, TicketClosed) else 422
        return shown_thread(request, ticket, side_id, problem=str(error), status=status)
    return noted(shown_thread(request, ticket, side_id), number, None)


@require_POST
@workspace()
def read(request: SignedInRequest, number: int, side_id: UUID) -> HttpResponse:
    """Note that one has read it; asked for by the page that shows it."""
    side_thread(request.actor, side_id, number)
    mark_side_read(actor=request.actor, uuid=side_id)
    return HttpResponse(status=204)


@dataclass(frozen=True, slots=True)
class Part:
    """A message, or a line about something else that happened."""

    event: SideEvent
    message: SideMessage | None = None
    body: SafeString | str = ""
    whole: SafeString | str = ""
    failed: tuple[Delivery, ...] = ()
    is_on_its_way: bool = False
    leaves_at: datetime | None = None


def shown_thread(
    request: SignedInRequest, ticket: Ticket, side_id: UUID, *, problem: str = "", status: int = 200
) -> HttpResponse:
    """The fragment of one conversation. Raises SideConversationNotFound."""
    found = side_thread(request.actor, side_id, ticket.pk)
    actor = request.actor
    people = [Written(row.address, row.user.display_name) for row in found.people]
    context: dict[str, Any] = {
        "ticket": ticket,
        "side": found.conversation,
        "is_open": found.conversation.state == SideState.OPEN,
        "parts": [_part(event, ticket) for event in found.events],
        "people": written_people(request.POST) if problem else people,
        "child_comments": _child_comments(request, found),
        "may_write": actor.can(Permission.REPLY_PUBLICLY) and not ticket.is_closed,
        "may_edit": actor.can(Permission.EDIT_TICKETS) and not ticket.is_closed,
        "problem": problem,
    }
    if context["may_write"] and not found.conversation.is_child:
        place = side_place(found.conversation.uuid)
        context["writing"] = writing_of(
            request, ticket, place, _("Write on …"), is_refused=bool(problem)
        )
    return render(request, "agent/side/_thread.html", context, status=status)


def _part(event: SideEvent, ticket: Ticket) -> Part:
    message = event.message
    if message is None:
        return Part(event)
    urls = {
        file.content_id: reverse("side_file", args=[ticket.pk, file.pk, file.filename])
        for file in message.attachments.all()
        if file.content_id and file.is_image
    }
    whole = shown_html(message.html, urls).html if message.html else text_html(message.body)
    is_cut = message.has_quoted_text and not message.is_ours
    deliveries = list(message.deliveries.all())
    waits = (DeliveryState.QUEUED, DeliveryState.SENDING)
    return Part(
        event=event,
        message=message,
        body=text_html(message.reply_text) if is_cut else whole,
        whole=whole if is_cut else "",
        failed=tuple(row for row in deliveries if row.state in _FAILED),
        is_on_its_way=any(row.state in waits for row in deliveries),
        leaves_at=message.send_at if message.send_at and message.send_at > clock.now() else None,
    )


def _child_comments(request: SignedInRequest, found: SideThread) -> list[Comment]:
    """The latest of a child ticket, for those who see it."""
    child = found.conversation.child
    if child is None or not visible_tickets(request.actor).filter(pk=child.pk).exists():
        return []
    latest = child.comments.select_related("author").order_by("-created_at", "-id")
    return list(reversed(latest[:CHILD_COMMENTS]))

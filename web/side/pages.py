"""The list of a ticket's side conversations, and beginning one."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.roles import Permission
from accounts.teams import teams
from tickets import policies
from tickets.actions import (
    ChildDraft,
    SideDraft,
    discard_reply_draft,
    open_child_ticket,
    open_side_conversation,
)
from tickets.draft_places import SIDE_MAIL, SIDE_TICKET
from tickets.errors import InvalidChange, TicketClosed
from tickets.models import SideConversation, Ticket
from tickets.selectors.replies import last_customer_message
from tickets.selectors.side import people_written_to, side_rows
from tickets.side_policies import require_ticket
from web.access import SignedInRequest, workspace
from web.agent.numbers import as_id
from web.side.forms import draft_in, reopens_in, written_people
from web.side.threads import shown_thread
from web.side.writing import noted, writing_of

QUOTE_LENGTH = 5_000  # letters of the customer's message that are offered


@require_http_methods(["GET", "POST"])
@workspace()
def panel(request: SignedInRequest, number: int) -> HttpResponse:
    """The list; posting begins a conversation and shows it, or the form with what is wrong."""
    ticket = require_ticket(request.actor, number)
    if request.method == "GET":
        return _list(request, ticket)
    is_child = request.POST.get("kind") == "child_ticket"
    try:
        with transaction.atomic():
            made = _open_child(request, number) if is_child else _open_mail(request, number)
            place = SIDE_TICKET if is_child else SIDE_MAIL
            discard_reply_draft(actor=request.actor, ticket_id=number, place=place)
    except (InvalidChange, TicketClosed) as error:
        page = _child_form if is_child else _mail_form
        status = 409 if isinstance(error, TicketClosed) else 422
        return page(request, ticket, problem=str(error), status=status)
    shown = shown_thread(request, ticket, made.uuid)
    return noted(shown, number, made.messages.select_related("conversation").first())


@require_GET
@workspace(Permission.REPLY_PUBLICLY)
def new_mail(request: SignedInRequest, number: int) -> HttpResponse:
    return _mail_form(request, require_ticket(request.actor, number))


@require_GET
@workspace(Permission.EDIT_TICKETS)
def new_ticket(request: SignedInRequest, number: int) -> HttpResponse:
    return _child_form(request, require_ticket(request.actor, number))


def _list(request: SignedInRequest, ticket: Ticket) -> HttpResponse:
    rows = side_rows(ticket, request.actor)
    context = {
        "ticket": ticket,
        "rows": rows,
        "may_write": request.actor.can(Permission.REPLY_PUBLICLY) and not ticket.is_closed,
        "may_open": request.actor.can(Permission.EDIT_TICKETS) and not ticket.is_closed,
    }
    return render(request, "agent/side/_list.html", context)


def _open_mail(request: SignedInRequest, number: int) -> SideConversation:
    return open_side_conversation(
        actor=request.actor, ticket_id=number, subject=request.POST.get("subject", ""),
        message=SideDraft(**draft_in(request.POST)), reopens_ticket=reopens_in(request.POST),
    )  # fmt: skip


def _open_child(request: SignedInRequest, number: int) -> SideConversation:
    group, _slash, assignee = request.POST.get("assignment", "").partition("/")
    draft = draft_in(request.POST)
    return open_child_ticket(
        actor=request.actor, ticket_id=number, reopens_ticket=reopens_in(request.POST),
        draft=ChildDraft(
            subject=request.POST.get("subject", ""), body=draft["body"], html=draft["html"],
            group_id=as_id(group), assignee_id=as_id(assignee), upload_ids=draft["upload_ids"],
        ),
    )  # fmt: skip


def _mail_form(
    request: SignedInRequest, ticket: Ticket, *, problem: str = "", status: int = 200
) -> HttpResponse:
    policies.require(request.actor, Permission.REPLY_PUBLICLY)
    context = {
        **_form(request, ticket, problem),
        "writing": writing_of(request, ticket, SIDE_MAIL, _("Write to them …")),
        "people": written_people(request.POST),
        "former": people_written_to(request.actor),
    }
    return render(request, "agent/side/_new_mail.html", context, status=status)


def _child_form(
    request: SignedInRequest, ticket: Ticket, *, problem: str = "", status: int = 200
) -> HttpResponse:
    policies.require_can_edit(request.actor)
    writing = writing_of(request, ticket, SIDE_TICKET, _("What is to be done?"))
    context = {**_form(request, ticket, problem), "writing": writing, "teams": teams()}
    return render(request, "agent/side/_new_ticket.html", context, status=status)


def _form(request: SignedInRequest, ticket: Ticket, problem: str) -> dict[str, object]:
    last = last_customer_message(ticket)
    text = ((last.reply_text or last.body) if last else "").strip()[:QUOTE_LENGTH]
    return {
        "ticket": ticket,
        "problem": problem,
        "subject": request.POST.get("subject", ticket.subject),
        "quote": text,
    }

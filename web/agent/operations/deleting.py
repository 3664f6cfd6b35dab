"""Deleting, marking as spam, and what lies in the bin until it is emptied."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.roles import Permission
from channels_in.actions import handle_spam, not_spam
from core import clock
from tickets import policies
from tickets.actions import delete_ticket, restore_ticket, scrub_ticket
from tickets.errors import InvalidChange, TicketNotFound
from tickets.selectors.deleted import KEPT_FOR, deleted_page
from web.access import SignedInRequest, workspace
from web.agent.operations.answers import dialog, done, not_undone, undone


@require_http_methods(["GET", "POST"])
@workspace(Permission.HANDLE_SUSPENDED)
def spam(request: SignedInRequest, number: int) -> HttpResponse:
    """What is to happen besides; or, posted, the ticket is gone as spam."""
    ticket = policies.visible_ticket(request.actor, number)
    error = ""
    if request.method == "POST":
        try:
            besides = {"suspends": "suspend" in request.POST, "blocks": "block" in request.POST}
            handle_spam(actor=request.actor, ticket_id=number, **besides)
            words = _("#%(n)d is marked as spam.") % {"n": number}
            undo = reverse("not_spam", args=[number])
            return done(request, number, words, undo=undo, go=reverse("views"))
        except InvalidChange as refused:
            error = str(refused)
    context = {"ticket": ticket, "error": error}
    return dialog(
        request, "agent/tickets/operations/spam.html", context, status=422 if error else 200
    )


@require_POST
@workspace(Permission.HANDLE_SUSPENDED)
def take_back_spam(request: SignedInRequest, number: int) -> HttpResponse:
    """Bring back what was marked as spam, with what was done besides."""
    ticket = not_spam(actor=request.actor, ticket_id=number)
    words = _("#%(n)d is back.") % {"n": ticket.pk}
    return undone(words, go=reverse("ticket", args=[ticket.pk]))


@require_http_methods(["GET", "POST"])
@workspace(Permission.DELETE_TICKETS)
def delete(request: SignedInRequest, number: int) -> HttpResponse:
    """Ask; or, posted, delete."""
    ticket = policies.visible_ticket(request.actor, number)
    if request.method == "POST":
        delete_ticket(actor=request.actor, ticket_id=number)
        words = _("#%(n)d is deleted.") % {"n": number}
        undo = reverse("restore_ticket", args=[number])
        return done(request, number, words, undo=undo, go=reverse("views"))
    context = {"ticket": ticket, "days": KEPT_FOR.days}
    return dialog(request, "agent/tickets/operations/delete.html", context)


@require_POST
@workspace(Permission.HANDLE_SUSPENDED)
def restore(request: SignedInRequest, number: int) -> HttpResponse:
    """Bring a deleted ticket back as it was."""
    try:
        restore_ticket(actor=request.actor, ticket_id=number)
    except TicketNotFound as gone:
        if not request.htmx:
            raise
        return not_undone(str(gone), status=404)
    go, words = reverse("ticket", args=[number]), _("#%(n)d is back.") % {"n": number}
    return undone(words, go=go) if request.htmx else done(request, number, words, go=go)


@require_GET
@workspace(Permission.HANDLE_SUSPENDED)
def index(request: SignedInRequest) -> HttpResponse:
    """Deleted tickets, the latest first, with the day on which each is emptied."""
    found = deleted_page(request.actor, cursor=request.GET.get("cursor", ""))
    context = {"rows": found.rows, "page": found.page, "days": KEPT_FOR.days, "now": clock.now(),
               "may_delete": request.actor.can(Permission.DELETE_TICKETS)}  # fmt: skip
    return render(request, "agent/tickets/operations/deleted.html", context)


@require_http_methods(["GET", "POST"])
@workspace(Permission.DELETE_TICKETS)
def scrub(request: SignedInRequest, number: int) -> HttpResponse:
    """Ask; or, posted, empty a deleted ticket at once and for good."""
    ticket = policies.visible_deleted_tickets(request.actor).filter(pk=number).first()
    if ticket is None:
        raise TicketNotFound(number)
    if request.method == "POST":
        scrub_ticket(actor=request.actor, ticket_id=number)
        words = _("#%(n)d is deleted for good.") % {"n": number}
        return done(request, number, words, go=reverse("deleted_tickets"))
    return dialog(request, "agent/tickets/operations/scrub.html", {"ticket": ticket})

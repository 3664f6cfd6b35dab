"""What the reader has been told: the page, the panel at the bell, what just came."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.roles import Permission
from notifications.actions import mark_all_read, mark_read, mark_ticket_read
from notifications.choices import choice_of
from notifications.selectors import FILTERS, latest, page_of_notifications
from web.access import SignedInRequest, workspace
from web.agent.numbers import as_id
from web.notifications.words import by_ticket, lines_of

TOASTS = 3  # at once; the bell has the rest


@require_GET
@workspace(Permission.USE_WORKSPACE)
def index(request: SignedInRequest) -> HttpResponse:
    """All of them, the unread ones, or mentions; a page at a time, by ticket."""
    chosen = request.GET.get("show", "all")
    chosen = chosen if chosen in FILTERS else "all"
    page = page_of_notifications(request.actor, chosen=chosen, cursor=request.GET.get("cursor", ""))
    context = {"page": page, "tickets": by_ticket(lines_of(page.rows)), "chosen": chosen}
    return render(request, "agent/notifications/index.html", context)


@require_GET
@workspace(Permission.USE_WORKSPACE)
def panel(request: SignedInRequest) -> HttpResponse:
    """The newest ones, for the panel at the bell."""
    return _panel(request)


@require_GET
@workspace(Permission.USE_WORKSPACE)
def newest(request: SignedInRequest) -> HttpResponse:
    """What came after the newest that a page knew of, as short messages for who wants them."""
    rows = latest(request.actor, after=as_id(request.GET.get("after", "")) or 0, size=TOASTS)
    is_shown = choice_of(request.user).shows_toasts
    context = {"lines": lines_of(rows) if is_shown else [], "last": rows[0].pk if rows else 0}
    return render(request, "agent/notifications/_toasts.html", context)


@require_POST
@workspace(Permission.USE_WORKSPACE)
def read(request: SignedInRequest) -> HttpResponse:
    """Mark one, those of a ticket, or all up to the newest that was shown."""
    wanted = {name: as_id(request.POST.get(name, "")) for name in ("one", "ticket", "up_to")}
    if wanted["one"]:
        mark_read(actor=request.actor, notification_id=wanted["one"])
    elif wanted["ticket"]:
        mark_ticket_read(actor=request.actor, ticket_id=wanted["ticket"])
    elif wanted["up_to"]:
        mark_all_read(actor=request.actor, up_to=wanted["up_to"])
    else:
        raise BadRequest("Say which notifications are read.")
    if request.POST.get("from") == "panel":
        return _panel(request)
    return HttpResponse(status=204) if request.htmx else redirect("notifications")


def _panel(request: SignedInRequest) -> HttpResponse:
    context = {"tickets": by_ticket(lines_of(latest(request.actor)))}
    return render(request, "agent/notifications/_panel.html", context)

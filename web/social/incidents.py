"""A likely incident: declared with one public statement, or dismissed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.roles import Permission
from channels_in.actions.stream import declare_incident, dismiss_incident
from channels_in.actions.stream.errors import IncidentGone
from channels_in.models import StreamIncident
from channels_in.networks.limits import capabilities_of
from channels_in.social.registry import publishing_channels
from channels_in.stream_selectors import (
    StreamFilter,
    incident_of,
    social_accounts,
    stream_page,
)
from tickets.errors import InvalidChange
from web.access import SignedInRequest, workspace
from web.social.cards import cards_of


@require_http_methods(["GET", "HEAD", "POST"])
@workspace()
def show(request: SignedInRequest, incident_id: int) -> HttpResponse:
    """The incident with its posts, and the form that declares it."""
    try:
        if request.method == "POST":
            return _declare(request, incident_id)
        return _page(request, incident_id, {})
    except IncidentGone as error:
        raise Http404 from error
    except InvalidChange as error:
        return _page(request, incident_id, {error.field: str(error)}, status=422)


@require_POST
@workspace(Permission.REPLY_PUBLICLY)
def dismiss(request: SignedInRequest, incident_id: int) -> HttpResponse:
    """It is none."""
    try:
        dismiss_incident(actor=request.actor, incident_id=incident_id)
    except IncidentGone as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Noted: no incident. Its posts stay as they are."))
    return redirect("social:index")


def _declare(request: SignedInRequest, incident_id: int) -> HttpResponse:
    accounts = [int(pk) for pk in request.POST.getlist("account") if pk.isdecimal()]
    problem = declare_incident(
        actor=request.actor,
        incident_id=incident_id,
        subject=request.POST.get("subject", "").replace("\0", ""),
        statement=request.POST.get("statement", "").replace("\0", ""),
        account_ids=accounts,
    )
    words = _("Problem #%(number)d was made; the posts' tickets are linked with it.")
    messages.success(request, words % {"number": problem.pk})
    return redirect("social:incident", incident_id)


def _page(
    request: SignedInRequest, incident_id: int, errors: dict[str, str], status: int = 200
) -> HttpResponse:
    view = incident_of(request.actor, incident_id)
    page = stream_page(request.actor, StreamFilter(incident=incident_id))
    accounts = social_accounts(publishing_channels())
    limits = [
        limit for account in accounts if (limit := capabilities_of(account.channel).length_limit)
    ]
    context = {
        "view": view,
        "is_likely": view.incident.state == StreamIncident.State.LIKELY,
        "cards": cards_of(request.actor, page.rows),
        "accounts": accounts,
        "limit": min(limits, default=500),
        "errors": errors,
        "given": request.POST,
        "chosen": {int(pk) for pk in request.POST.getlist("account") if pk.isdecimal()},
    }
    return render(request, "social/incident.html", context, status=status)

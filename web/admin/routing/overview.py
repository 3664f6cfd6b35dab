"""How each group gives out its tickets, what waits now, and who is there."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from macros.actions import InvalidRule, set_agent_availability, set_routing
from macros.models import Availability, RoutingMode
from macros.selectors.routing import SHOWN, agent_rows, group_rows, waiting_now
from web.access import SignedInRequest
from web.admin.rules.access import rules_page


@require_safe
@rules_page
def index(request: SignedInRequest) -> HttpResponse:
    """Groups with their modes, the queue as it stands, agents with their load."""
    agents, groups = agent_rows(request.actor), group_rows(request.actor)
    context = {
        "groups": groups,
        "modes": RoutingMode.choices,
        "waiting": waiting_now(request.actor),
        "total": sum(row.waiting for row in groups),
        "shown": SHOWN,
        "agents": agents,
        "absent": sum(row.seat.state == Availability.OFFLINE for row in agents),
        "states": Availability.choices,
        "is_on": any(row.is_on for row in groups),
        "tab": "routing",
    }
    return render(request, "admin/routing/index.html", context)


@require_POST
@rules_page
def group(request: SignedInRequest, group_id: int) -> HttpResponse:
    """Choose how a group gives out its tickets."""
    try:
        set_routing(
            actor=request.actor, group_id=group_id, mode=request.POST.get("mode", ""),
            reassigns_on_offline=request.POST.get("reassigns") == "1",
        )  # fmt: skip
        messages.success(request, _("Saved."))
    except InvalidRule as error:
        messages.error(request, str(error))
    return redirect("admin:routing")


@require_POST
@rules_page
def availability(request: SignedInRequest, user_id: int) -> HttpResponse:
    """Say for an agent whether they take tickets."""
    try:
        status = set_agent_availability(
            actor=request.actor, user_id=user_id, chosen=request.POST.get("chosen", "")
        )
        messages.success(
            request, _("%(name)s: %(state)s") % {
                "name": status.user.display_name,
                "state": Availability(status.state).label,
            },
        )  # fmt: skip
    except InvalidRule as error:
        messages.error(request, str(error))
    return redirect(reverse("admin:routing") + "#present")

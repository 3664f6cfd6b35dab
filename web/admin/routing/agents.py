"""How many tickets everybody, a role, or one agent is given at most."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from macros.actions import (
    InvalidRule,
    set_agent_capacity,
    set_house_capacity,
    set_role_capacity,
)
from macros.routing.kinds import Kind
from macros.selectors.routing import agent_rows, house_capacity, role_capacities
from web.access import SignedInRequest
from web.admin.rules.access import rules_page


@require_safe
@rules_page
def index(request: SignedInRequest) -> HttpResponse:
    """The capacities, from everybody's to the one agent's; the narrower one counts."""
    house = house_capacity(request.actor)
    context = {
        "house": house,
        "house_limits": [(kind, getattr(house, kind.value)) for kind in Kind],
        "roles": role_capacities(request.actor),
        "rows": agent_rows(request.actor),
        "kinds": list(Kind),
        "tab": "routing_agents",
    }
    return render(request, "admin/routing/agents.html", context)


@require_POST
@rules_page
def house(request: SignedInRequest) -> HttpResponse:
    """Save what holds for everybody."""
    return _saved(
        request,
        lambda: set_house_capacity(
            actor=request.actor, limits=_limits(request),
            offline_after=request.POST.get("offline_after", ""),
        ),
    )  # fmt: skip


@require_POST
@rules_page
def role(request: SignedInRequest, role: str) -> HttpResponse:
    """Save a role's capacity; empty fields take it away."""
    return _saved(
        request,
        lambda: set_role_capacity(actor=request.actor, role=role, limits=_limits(request)),
    )


@require_POST
@rules_page
def agent(request: SignedInRequest, user_id: int) -> HttpResponse:
    """Save an agent's own capacity; empty fields take it away."""
    return _saved(
        request,
        lambda: set_agent_capacity(
            actor=request.actor, user_id=user_id, limits=_limits(request)
        ),
    )  # fmt: skip


def _limits(request: SignedInRequest) -> dict[str, str]:
    return {kind.value: request.POST.get(kind.value, "").strip() for kind in Kind}


def _saved(request: SignedInRequest, save: Callable[[], object]) -> HttpResponse:
    try:
        save()
        messages.success(request, _("Saved."))
    except InvalidRule as error:
        messages.error(request, str(error))
    return redirect("admin:routing_agents")

"""What would this macro do? Shown on a real ticket; nothing is written."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from macros.macro_plans import preview
from macros.selectors.macros import listed_macro, may_edit
from tickets import policies
from tickets.errors import TicketNotFound
from web.access import SignedInRequest
from web.agent.numbers import as_id
from web.macros.access import macro_page


@require_safe
@macro_page
def show(request: SignedInRequest, macro_id: int) -> HttpResponse:
    """The question, and its answer when a ticket is named in the address."""
    macro = listed_macro(request.actor, macro_id)
    context = {"macro": macro, "tab": "test", "may_edit": may_edit(request.actor, macro)}
    asked = request.GET.get("ticket", "").strip().lstrip("#")
    if asked:
        try:
            ticket = policies.visible_ticket(request.actor, as_id(asked) or 0)
            found = preview([macro], ticket, request.actor)
            context |= {"ticket": ticket, "step": found.steps[0], "text": found.reply.body}
        except TicketNotFound:
            context["error"] = _("There is no such ticket that you may see.")
    return render(request, "agent/macros/test.html", {**context, "asked": asked})

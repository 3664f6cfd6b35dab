"""Who changed what in routing, in sentences, and the way back."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from macros.actions import revert_routing
from macros.models import RoutingPart
from macros.routing.words import names_of_definitions, words_of_definition
from macros.selectors.routing_history import SHOWN, RoutingRevision, routing_revisions
from tickets.conditions.words import Names
from web.access import SignedInRequest
from web.admin.rules.access import REFUSALS, rules_page
from web.admin.rules.history import Lines, lines
from web.agent.numbers import as_id


@dataclass(frozen=True, slots=True)
class Step:
    """One revision with what came and went by it; an availability is one line of its own."""

    revision: RoutingRevision
    lines: Lines

    @property
    def is_setting(self) -> bool:
        return self.revision.part is not RoutingPart.AVAILABILITY

    @property
    def is_first(self) -> bool:
        """As it was found when the history began."""
        return self.is_setting and self.revision.row.number == 1


@require_safe
@rules_page
def show(request: SignedInRequest) -> HttpResponse:
    """The newest changes of all parts, or of one."""
    number = as_id(request.GET.get("part", ""))
    part = RoutingPart(number) if number in RoutingPart.values else None
    revisions = routing_revisions(request.actor, part)
    names = names_of_definitions(
        (each.part, row.definition)
        for each in revisions
        for row in (each.row, each.before)
        if row is not None
    )
    context = {
        "steps": [Step(each, _changed(each, names)) for each in revisions],
        "parts": RoutingPart.choices, "chosen": part, "limit": SHOWN,
        "is_cut": len(revisions) == SHOWN, "tab": "routing_history",
    }  # fmt: skip
    return render(request, "admin/routing/history.html", context)


@require_POST
@rules_page
def revert(request: SignedInRequest) -> HttpResponse:
    """Make a part of routing what it was in a revision."""
    try:
        revert_routing(
            actor=request.actor, part=as_id(request.POST.get("part", "")) or 0,
            number=as_id(request.POST.get("revision", "")) or 0,
        )  # fmt: skip
        messages.success(request, _("It is as it was then."))
    except REFUSALS as error:
        messages.error(request, _("It cannot go back: %(why)s") % {"why": error})
    return redirect("admin:routing_history")


def _changed(each: RoutingRevision, names: Names) -> Lines:
    """What differs from the revision before, without what stayed."""
    after = words_of_definition(each.part, each.row.definition, names)
    if each.part is RoutingPart.AVAILABILITY:
        return [("", text) for text in after]
    if each.before is None:
        return []
    before = words_of_definition(each.part, each.before.definition, names)
    return [(sign, text) for sign, text in lines(before, after) if sign != " "]

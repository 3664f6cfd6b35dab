"""Which SLA policy would count for this ticket, why, and how its promises would stand."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import clock
from macros.models import SlaPolicy
from macros.selectors.rules import policy_for
from macros.selectors.sla_trials import Promise, candidates, promises_under
from macros.sla.policies import CLOCKWORK
from tickets.conditions import Situation, holds
from tickets.errors import TicketNotFound
from tickets.models import Status, Ticket
from web.access import SignedInRequest
from web.admin.rules.access import rules_page
from web.admin.rules.judged import Judged, judged
from web.admin.rules.kinds import POLICIES
from web.admin.rules.presenting import names_for
from web.admin.rules.trying import named_ticket


@dataclass(frozen=True, slots=True)
class Step:
    """One policy on the way down: `is_first` is the one that counts.

    A policy after it is not asked; it is shown only when it is the one that is tried.
    """

    policy: SlaPolicy
    is_tried: bool
    matches: bool
    is_first: bool
    rows: list[Judged]


@dataclass(frozen=True, slots=True)
class Trial:
    ticket: Ticket
    steps: list[Step]
    first: SlaPolicy | None
    promises: list[Promise]
    is_done: bool


@require_safe
@rules_page
def show(request: SignedInRequest, rule_id: int) -> HttpResponse:
    """The question, and its answer when a ticket is named in the address."""
    policy, asked = policy_for(request.actor, rule_id), request.GET.get("ticket")
    error, trial = "", None
    if asked is not None:
        try:
            trial = _try(policy, named_ticket(request.actor, asked))
        except TicketNotFound:
            error = _("There is no such ticket that you may see.")
    context = {"of": POLICIES, "rule": policy, "tab": "test", "asked": asked or "",
               "error": error, "trial": trial}  # fmt: skip
    return render(request, "admin/rules/policy_test.html", context)


def _try(tried: SlaPolicy, ticket: Ticket) -> Trial:
    situation = Situation(ticket=ticket, actor=CLOCKWORK, now=clock.now())
    known = [(row, policy) for row, policy in candidates(tried) if policy]
    names = names_for([(policy.conditions, []) for _row, policy in known])
    steps: list[Step] = []
    first = None
    for row, policy in known:
        is_tried = row.pk == tried.pk
        if first is None or is_tried:
            matches = holds(policy.conditions, situation)
            steps.append(Step(row, is_tried, matches, first is None and matches,
                              judged(policy.conditions, situation, names)))  # fmt: skip
            first = first or (policy if matches else None)
    promises = promises_under(ticket, first, [policy for _row, policy in known]) if first else []
    counts = next((step.policy for step in steps if step.is_first), None)
    return Trial(ticket, steps, counts, promises, ticket.status in Status.done())

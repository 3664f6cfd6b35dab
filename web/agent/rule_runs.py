"""What the rules made of a ticket's updates: those that fired, and why the others did not."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.roles import Permission
from macros.automations.upcoming import due_on
from macros.explain import RuleRef, runs_of_ticket, waiting_facts, whole_run
from macros.explain.promises import promises_of
from macros.explain.rulebook import still_there
from macros.explain.runs import TicketRun
from tickets import policies
from web.access import SignedInRequest, workspace


@require_GET
@workspace()
def index(request: SignedInRequest, number: int) -> HttpResponse:
    """The newest updates, and what rules are about to do with the ticket."""
    ticket = policies.visible_ticket(request.actor, number)
    runs, page = runs_of_ticket(ticket, cursor=request.GET.get("cursor", ""))
    context = {
        "ticket": ticket, "runs": runs, "page": page, "days": settings.RULE_RUNS_DAYS,
        "due": due_on(actor=request.actor, ticket=ticket),
        "promises": promises_of(ticket), "waiting": waiting_facts(ticket),
        "there": _there(request, runs),
    }  # fmt: skip
    return render(request, "agent/tickets/rules.html", context)


@require_GET
@workspace()
def show(request: SignedInRequest, number: int, run_id: int) -> HttpResponse:
    """One update with every rule, those that did not fire too."""
    ticket = policies.visible_ticket(request.actor, number)
    run = whole_run(ticket, run_id)
    if run is None:
        raise Http404
    context = {"ticket": ticket, "run": run, "there": _there(request, [run])}
    template = "agent/tickets/_run.html" if request.htmx else "agent/tickets/run.html"
    return render(request, template, {**context, "is_whole": True})


def _there(request: SignedInRequest, runs: list[TicketRun]) -> set[tuple[str, int]]:
    """The rules that the reader may open."""
    if not request.actor.can(Permission.MANAGE_RULES):
        return set()
    rules: list[RuleRef] = [judged.rule for run in runs for judged in run.judged]
    return still_there(rules)

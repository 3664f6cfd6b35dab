"""What a rule made of the latest updates: fired, did not fire and why, failed."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from macros.explain import OUTCOMES, runs_of_rule
from web.access import SignedInRequest
from web.admin.rules.access import rules_page
from web.admin.rules.kinds import RuleType


@require_safe
@rules_page
def show(request: SignedInRequest, of: RuleType, rule_id: int) -> HttpResponse:
    """Newest first; `?outcome=` leaves the others out."""
    rule = of.find(request.actor, rule_id)
    asked = request.GET.get("outcome", "")
    outcome = asked if asked in OUTCOMES else ""
    cursor = request.GET.get("cursor", "")
    found = runs_of_rule(request.actor, of.kind, rule_id, outcome=outcome, cursor=cursor)
    context = {
        "of": of, "rule": rule, "tab": "runs", "found": found, "outcome": outcome,
        "cursor": cursor, "days": settings.RULE_RUNS_DAYS,
        "outcomes": [(letter, words, found.counts.get(letter, 0))
                     for letter, words in OUTCOMES.items()],
    }  # fmt: skip
    return render(request, "admin/rules/runs.html", context)

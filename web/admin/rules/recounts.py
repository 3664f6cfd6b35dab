"""How far open tickets have been judged anew after policies or business hours changed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from macros.selectors.sla import recount_progress
from web.access import SignedInRequest
from web.admin.rules.access import rules_page


@require_safe
@rules_page
def show(request: SignedInRequest) -> HttpResponse:
    """The fragment that a page asks for again while a recount runs."""
    return render(request, "admin/rules/_recount.html", {"recount": recount_progress()})

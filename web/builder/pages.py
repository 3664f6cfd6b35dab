"""What a builder asks for while somebody writes: people who fit, and what is wrong with a text."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from core import liquid
from macros.content import known_placeholders
from tickets.conditions.offers import SEARCHED
from web.access import SignedInRequest, workspace
from web.builder.lookup import suggestions

TEXT_LENGTH = 25_000


@require_GET
@workspace()
def lookup(request: SignedInRequest, what: str) -> HttpResponse:
    """People or organizations that fit what was typed, as options of a datalist."""
    if what not in SEARCHED:
        raise Http404
    typed = next(iter(request.GET.values()), "")
    context = {"found": suggestions(what, str(typed), request.actor)}
    return render(request, "builder/_found.html", context)


@require_POST
@workspace()
def text(request: SignedInRequest) -> HttpResponse:
    """What is wrong with a text with placeholders, in sentences."""
    name = request.headers.get("HX-Trigger-Name", "text")
    written = request.POST.get(name, "")[:TEXT_LENGTH]
    problems = liquid.problems(written, known=known_placeholders())
    return render(request, "builder/_problems.html", {"problems": problems})

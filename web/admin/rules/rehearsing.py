"""Rehearsals: a draft, saved or not, replayed over past tickets; its progress and its result."""

from __future__ import annotations

from urllib.parse import parse_qsl

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from macros.actions.rehearsals import Draft, Stretch, begin_rehearsal, cancel_rehearsal
from macros.models import Rehearsal
from macros.selectors.rehearsals import rehearsal_for
from web.access import SignedInRequest
from web.admin.rules.access import rules_page
from web.admin.rules.rehearsed import OF_KIND, told

BACK = "back"  # the `op` with which a draft returns into its form
_NOT_KEPT = ("csrfmiddlewaretoken", "op")

STRETCHES = {
    "1000": (_("the last 1,000 updates"), Stretch(1_000)),
    "10000": (_("the last 10,000 updates"), Stretch(10_000)),
    "7d": (_("the last 7 days"), Stretch(50_000, 7)),
    "30d": (_("the last 30 days"), Stretch(50_000, 30)),
}


def stretches(request: SignedInRequest) -> list[tuple[str, object, bool]]:
    """The parts of the past that can be chosen: name, words, whether it was chosen."""
    chosen = request.POST.get("stretch", "10000")
    return [(name, words, name == chosen) for name, (words, _stretch) in STRETCHES.items()]


def begin(request: SignedInRequest, draft: Draft, rule_id: int | None) -> HttpResponse:
    """Begin with what a form holds. Raises web.admin.rules.access.REFUSALS."""
    typed = request.POST.copy()
    for name in _NOT_KEPT:
        typed.pop(name, None)
    _words, stretch = STRETCHES.get(request.POST.get("stretch", ""), STRETCHES["10000"])
    row = begin_rehearsal(
        actor=request.actor, draft=draft, rule_id=rule_id, stretch=stretch, form=typed.urlencode()
    )
    return redirect("admin:rehearsal", row.pk)


@require_safe
@rules_page
def show(request: SignedInRequest, rehearsal_id: int) -> HttpResponse:
    """How far it is, and what it has found so far."""
    row = rehearsal_for(request.actor, rehearsal_id)
    context = {
        "row": row, "of": OF_KIND[row.kind], "percent": _percent(row), "back": BACK,
        "told": told(row, request.actor) if row.done else None,
        "typed": parse_qsl(row.form, keep_blank_values=True),
    }  # fmt: skip
    return render(request, "admin/rules/rehearsal.html", context)


@require_POST
@rules_page
def cancellation(request: SignedInRequest, rehearsal_id: int) -> HttpResponse:
    """Stop it; what it has found so far stays."""
    row = rehearsal_for(request.actor, rehearsal_id)
    cancel_rehearsal(actor=request.actor, rehearsal_id=row.pk)
    return redirect("admin:rehearsal", row.pk)


def _percent(row: Rehearsal) -> int:
    return 100 if row.finished_at else min(99, 100 * row.done // max(1, row.total))

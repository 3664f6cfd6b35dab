"""Who changed what in a text, language by language, and the way back."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from macros.actions import revert_content
from macros.models import RuleKind, RuleRevision
from macros.selectors.content import content_for
from macros.selectors.rules import REVISIONS, revisions_of
from web.access import SignedInRequest
from web.admin.content.languages import language
from web.admin.rules.access import REFUSALS, rules_page
from web.admin.rules.history import Step, beside, facts
from web.agent.numbers import as_id


@require_safe
@rules_page
def show(request: SignedInRequest, content_id: int) -> HttpResponse:
    """The newest revisions, each with what it changed."""
    content = content_for(request.actor, content_id)
    rows = revisions_of(request.actor, RuleKind.CONTENT, content_id)
    context = {
        "content": content, "tab": "history", "limit": REVISIONS,
        "steps": _steps(rows, content.revision), "is_cut": len(rows) > REVISIONS,
    }  # fmt: skip
    return render(request, "admin/content/history.html", context)


@require_POST
@rules_page
def revert(request: SignedInRequest, content_id: int) -> HttpResponse:
    """Make the text what it was in a revision."""
    number = as_id(request.POST.get("revision", "")) or 0
    try:
        revert_content(actor=request.actor, content_id=content_id, number=number)
        messages.success(request, _("The text is as it was in revision %s.") % number)
    except REFUSALS as error:
        messages.error(request, _("It cannot go back: %(why)s") % {"why": error})
    return redirect("admin:content_history", content_id)


def _steps(rows: Sequence[RuleRevision], current: int) -> list[Step]:
    """Revisions (newest first) with their differences; the oldest shows what it began with."""
    steps = []
    for step, earlier in beside(rows, current):
        now = step.revision.definition
        before = earlier.definition if earlier else {}
        if earlier:
            step.facts = facts(before, now, {})
        if earlier or step.is_first:
            _compare_texts(step, before.get("texts", {}), now["texts"])
        steps.append(step)
    return steps


def _compare_texts(step: Step, before: dict[str, str], after: dict[str, str]) -> None:
    for locale in sorted({*before, *after}):
        was, now = before.get(locale, ""), after.get(locale, "")
        step.compare(f"{language(locale)} ({locale})", was.splitlines(), now.splitlines())

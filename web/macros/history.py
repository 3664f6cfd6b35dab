"""Who changed what in a macro, in sentences, and the way back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from macros.actions import revert_macro
from macros.effects.words import words_of_effects
from macros.models import RuleKind
from macros.selectors.macros import listed_macro, may_edit
from macros.selectors.revisions import Revision, revisions_of
from tickets.conditions.words import Names
from web.access import SignedInRequest
from web.admin.rules.history import Lines, lines
from web.admin.rules.presenting import names_for
from web.agent.numbers import as_id
from web.macros.access import REFUSALS, macro_page

_WORDS = {
    "title": _("title"), "description": _("description"), "is_active": _("whether it is offered"),
    "owner_id": _("whose it is"), "group_id": _("for which group"), "effects": _("what it does"),
    "deleted": _("deleted"),
}  # fmt: skip


@require_safe
@macro_page
def show(request: SignedInRequest, macro_id: int) -> HttpResponse:
    """The newest revisions, each with what it changed."""
    macro = listed_macro(request.actor, macro_id)
    revisions = revisions_of(RuleKind.MACRO, macro_id)
    names = names_for([(None, each.row.definition.get("effects") or []) for each in revisions])
    context = {
        "macro": macro, "tab": "history", "may_edit": may_edit(request.actor, macro),
        "steps": [_step(revisions, place, names) for place in range(len(revisions))],
    }  # fmt: skip
    return render(request, "agent/macros/history.html", context)


@require_POST
@macro_page
def revert(request: SignedInRequest, macro_id: int) -> HttpResponse:
    """Make the macro what it was in a revision."""
    number = as_id(request.POST.get("revision", "")) or 0
    try:
        revert_macro(actor=request.actor, macro_id=macro_id, number=number)
        messages.success(request, _("The macro is as it was in revision %s.") % number)
    except REFUSALS as error:
        messages.error(request, _("It cannot go back: %(why)s") % {"why": error})
    return redirect("macros:history", macro_id)


def _step(revisions: list[Revision], place: int, names: Names) -> dict[str, Any]:
    """One revision against the one before it."""
    now = revisions[place]
    earlier = revisions[place + 1] if place + 1 < len(revisions) else None
    facts = []
    for name in now.changed:
        if name == "title" and earlier:
            facts.append(f"{earlier.row.definition['title']} → {now.row.definition['title']}")
        elif name not in ("effects", "position"):
            facts.append(str(_WORDS.get(name, name)))
    return {"revision": now.row, "is_current": now.is_current, "is_first": earlier is None,
            "facts": facts, "then": _lines(now, earlier, names)}  # fmt: skip


def _lines(now: Revision, earlier: Revision | None, names: Names) -> Lines:
    after = words_of_effects(now.row.definition.get("effects") or [], names)
    before = words_of_effects(earlier.row.definition.get("effects") or [], names) if earlier else []
    return lines(before, after)

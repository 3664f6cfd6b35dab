"""Triggers and automations: their lists in the order they run, and the form of one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from macros.actions import InvalidRule
from macros.selectors.rules import automations, firings, policies, trigger_categories
from macros.selectors.sla import recount_progress
from web.access import SignedInRequest
from web.admin.rules.access import REFUSALS, rules_page
from web.admin.rules.editor import REHEARSE, editor_of
from web.admin.rules.kinds import AnyRule, RuleType
from web.admin.rules.presenting import listed
from web.admin.rules.rehearsing import begin, stretches
from web.agent.numbers import as_ids


@require_safe
@rules_page
def index(request: SignedInRequest, of: RuleType) -> HttpResponse:
    """Every rule in the order in which they run; triggers under their categories."""
    lists: list[tuple[Any, Any]] = [(None, _one_list(request, of))]
    if of.is_trigger:
        lists = list(trigger_categories(request.actor))
    fired = firings(request.actor, of.kind) if of.is_trigger else None
    rows = listed([row for _heading, own in lists for row in own], of.purpose, fired)
    context = {
        "of": of,
        "lists": [(heading, [rows[row.pk] for row in own]) for heading, own in lists],
        "count": len(rows),
        "active": sum(row.rule.is_active for row in rows.values()),
        "moved": request.GET.get("moved", ""),
        "recount": recount_progress() if of.is_policy else None,
    }
    return render(request, "admin/rules/index.html", context)


@require_http_methods(["GET", "POST"])
@rules_page
def new(request: SignedInRequest, of: RuleType) -> HttpResponse:
    """A new rule; a trigger begins with "the ticket is created", which is forgotten most often."""
    return _form(request, of, None)


@require_http_methods(["GET", "POST"])
@rules_page
def edit(request: SignedInRequest, of: RuleType, rule_id: int) -> HttpResponse:
    """Change a rule."""
    return _form(request, of, of.find(request.actor, rule_id))


@require_POST
@rules_page
def activation(request: SignedInRequest, of: RuleType, rule_id: int) -> HttpResponse:
    """Switch a rule on or off."""
    is_active = request.POST.get("active") == "1"
    try:
        of.switch(actor=request.actor, is_active=is_active, **of.named(rule_id))
    except InvalidRule as error:
        messages.error(request, str(error))
    return redirect(f"{reverse(of.index)}?moved=switch-{rule_id}")


@require_POST
@rules_page
def position(request: SignedInRequest, of: RuleType, rule_id: int) -> HttpResponse:
    """Put a rule one place up or down, or its whole list into the order of `ids`."""
    rule = of.find(request.actor, rule_id)
    ids, move = of.neighbours(rule), request.POST.get("move", "")
    if move in ("up", "down"):
        place = ids.index(rule_id)
        ids.remove(rule_id)
        ids.insert(max(0, place - 1) if move == "up" else place + 1, rule_id)
    else:
        ids = as_ids(request.POST.get("ids", "").split(","))
    of.order(request.actor, rule, ids)
    return redirect(f"{reverse(of.index)}?moved={'up' if move == 'up' else 'down'}-{rule_id}")


@require_http_methods(["GET", "POST"])
@rules_page
def removal(request: SignedInRequest, of: RuleType, rule_id: int) -> HttpResponse:
    """Ask once, then delete."""
    rule = of.find(request.actor, rule_id)
    if request.method == "POST":
        of.remove(actor=request.actor, **of.named(rule_id))
        messages.success(request, _("“%(title)s” was deleted.") % {"title": rule.title})
        return redirect(of.index)
    return render(request, "admin/rules/removal.html", {"of": of, "rule": rule, "tab": "edit"})


def _one_list(request: SignedInRequest, of: RuleType) -> list[Any]:
    """Rules without categories."""
    return list(policies(request.actor) if of.is_policy else automations(request.actor))


def _form(request: SignedInRequest, of: RuleType, rule: AnyRule | None) -> HttpResponse:
    editor = editor_of(request, rule, of.form, of.purpose, of.kind)
    if editor.is_right():
        try:
            if editor.op == REHEARSE:
                return begin(request, of.drafted(editor), rule.pk if rule else None)
            saved = of.take(request.actor, editor, rule)
            messages.success(request, _("“%(title)s” was saved.") % {"title": saved.title})
            return redirect(of.index)
        except REFUSALS as error:
            editor.refuse(error)
    context = {"of": of, "rule": rule, "tab": "edit", "stretches": stretches(request),
               **editor.context}  # fmt: skip
    status = 422 if editor.is_whole else 200
    context["is_marked"] = status == 422 and not editor.refusal
    return render(request, "admin/rules/form.html", context, status=status)

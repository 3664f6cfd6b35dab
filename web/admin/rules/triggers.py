"""Triggers: their list in the order they run, and the form of one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from macros.actions import (
    InvalidRule,
    TriggerDraft,
    create_trigger,
    delete_trigger,
    order_triggers,
    set_trigger_active,
    update_trigger,
)
from macros.models import RuleKind, Trigger
from macros.selectors.rules import firings, trigger_categories, trigger_for
from tickets.conditions import Purpose
from web.access import SignedInRequest
from web.admin.rules.access import REFUSALS, rules_page
from web.admin.rules.editor import Editor, TriggerForm, editor_of
from web.admin.rules.presenting import listed
from web.agent.numbers import as_ids


@require_safe
@rules_page
def index(request: SignedInRequest) -> HttpResponse:
    """Every trigger under its category, in the order in which they run."""
    categories = trigger_categories(request.actor)
    fired = firings(request.actor, RuleKind.TRIGGER)
    rows = listed([row for _c, rows in categories for row in rows], Purpose.TRIGGER, fired)
    context = {
        "categories": [(category, [rows[row.pk] for row in own]) for category, own in categories],
        "count": len(rows),
        "active": sum(row.rule.is_active for row in rows.values()),
        "fired": fired,
        "moved": request.GET.get("moved", ""),
    }
    return render(request, "admin/triggers/index.html", context)


@require_http_methods(["GET", "POST"])
@rules_page
def new(request: SignedInRequest) -> HttpResponse:
    """A new trigger; it begins with "the ticket is created", which is forgotten most often."""
    return _form(request, None)


@require_http_methods(["GET", "POST"])
@rules_page
def edit(request: SignedInRequest, trigger_id: int) -> HttpResponse:
    """Change a trigger."""
    return _form(request, trigger_for(request.actor, trigger_id))


@require_POST
@rules_page
def activation(request: SignedInRequest, trigger_id: int) -> HttpResponse:
    """Switch a trigger on or off."""
    is_active = request.POST.get("active") == "1"
    try:
        set_trigger_active(actor=request.actor, trigger_id=trigger_id, is_active=is_active)
    except InvalidRule as error:
        messages.error(request, str(error))
    return redirect(f"/admin/rules/triggers/?moved=switch-{trigger_id}")


@require_POST
@rules_page
def position(request: SignedInRequest, trigger_id: int) -> HttpResponse:
    """Put a trigger one place up or down, or its whole category into the order of `ids`."""
    trigger = trigger_for(request.actor, trigger_id)
    rows = Trigger.objects.filter(category_id=trigger.category_id).order_by("position", "id")
    ids = list(rows.values_list("pk", flat=True))
    move = request.POST.get("move", "")
    if move in ("up", "down"):
        place = ids.index(trigger_id)
        ids.remove(trigger_id)
        ids.insert(max(0, place - 1) if move == "up" else place + 1, trigger_id)
    else:
        ids = as_ids(request.POST.get("ids", "").split(","))
    order_triggers(actor=request.actor, category_id=trigger.category_id, trigger_ids=ids)
    return redirect(f"/admin/rules/triggers/?moved={move or 'grip'}-{trigger_id}")


@require_http_methods(["GET", "POST"])
@rules_page
def removal(request: SignedInRequest, trigger_id: int) -> HttpResponse:
    """Ask once, then delete."""
    trigger = trigger_for(request.actor, trigger_id)
    if request.method == "POST":
        delete_trigger(actor=request.actor, trigger_id=trigger_id)
        messages.success(request, _("“%(title)s” was deleted.") % {"title": trigger.title})
        return redirect("admin:triggers")
    return render(request, "admin/triggers/removal.html", {"trigger": trigger, "tab": "edit"})


def _form(request: SignedInRequest, trigger: Trigger | None) -> HttpResponse:
    editor = editor_of(request, trigger, TriggerForm, Purpose.TRIGGER, RuleKind.TRIGGER)
    if editor.may_save():
        try:
            saved = _save(request, editor, trigger)
            messages.success(request, _("“%(title)s” was saved.") % {"title": saved.title})
            return redirect("admin:triggers")
        except REFUSALS as error:
            editor.refusal = str(error)
    context: dict[str, Any] = {"trigger": trigger, "tab": "edit", **editor.context}
    status = 422 if request.method == "POST" and not editor.op else 200
    return render(request, "admin/triggers/form.html", context, status=status)


def _save(request: SignedInRequest, editor: Editor, trigger: Trigger | None) -> Trigger:
    cleaned = editor.form.cleaned_data
    draft = TriggerDraft(
        title=cleaned["title"], description=cleaned["description"],
        is_active=cleaned["is_active"], category_id=cleaned["category"],
        conditions=editor.conditions.as_json(), effects=editor.effects.as_json(),
    )  # fmt: skip
    if trigger is None:
        return create_trigger(actor=request.actor, draft=draft)
    return update_trigger(
        actor=request.actor, trigger_id=trigger.pk, draft=draft,
        expected_revision=editor.expected_revision,
    )  # fmt: skip

"""Skills: who has them, and which tickets need them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from macros.actions import (
    InvalidRule,
    add_skill_rule,
    create_skill,
    delete_skill,
    delete_skill_rule,
    rename_skill,
    set_skill_holders,
)
from macros.selectors.routing import skill_for, skill_rows
from tickets.conditions import Purpose
from web.access import SignedInRequest
from web.admin.rules.access import REFUSALS, rules_page
from web.agent.numbers import as_ids
from web.builder import conditions


@require_http_methods(["GET", "POST"])
@rules_page
def index(request: SignedInRequest) -> HttpResponse:
    """All skills; a name that is sent adds one."""
    error, name = "", request.POST.get("name", "")
    if request.method == "POST":
        try:
            skill = create_skill(actor=request.actor, name=name)
            return redirect("admin:routing_skill", skill.pk)
        except InvalidRule as refused:
            error = str(refused)
    context = {"rows": skill_rows(request.actor), "error": error, "name": name,
               "tab": "routing_skills"}  # fmt: skip
    return render(request, "admin/routing/skills.html", context, status=422 if error else 200)


@require_http_methods(["GET", "POST"])
@rules_page
def show(request: SignedInRequest, skill_id: int) -> HttpResponse:
    """One skill; a name that is sent renames it."""
    error = ""
    if request.method == "POST":
        name = request.POST.get("name", "")
        try:
            rename_skill(actor=request.actor, skill_id=skill_id, name=name)
            messages.success(request, _("Saved."))
            return redirect("admin:routing_skill", skill_id)
        except InvalidRule as refused:
            error = str(refused)
    row = skill_for(request.actor, skill_id)
    has_it = {holder.pk for holder in row.holders}
    people = [(user, user.pk in has_it) for user in User.objects.assignable().order_by("name")]
    context = {"row": row, "people": people, "error": error, "tab": "routing_skills"}
    return render(request, "admin/routing/skill.html", context, status=422 if error else 200)


@require_POST
@rules_page
def people(request: SignedInRequest, skill_id: int) -> HttpResponse:
    """Say who has the skill."""
    ids = as_ids(request.POST.getlist("person"))
    set_skill_holders(actor=request.actor, skill_id=skill_id, user_ids=ids)
    messages.success(request, _("Saved."))
    return redirect("admin:routing_skill", skill_id)


@require_POST
@rules_page
def removal(request: SignedInRequest, skill_id: int) -> HttpResponse:
    """Delete a skill with its rules."""
    delete_skill(actor=request.actor, skill_id=skill_id)
    messages.success(request, _("The skill is deleted."))
    return redirect("admin:routing_skills")


@require_http_methods(["GET", "POST"])
@rules_page
def new_rule(request: SignedInRequest, skill_id: int) -> HttpResponse:
    """Say which tickets need the skill, with the builder of all rules."""
    row = skill_for(request.actor, skill_id)
    op, refusal, timeout = request.POST.get("op", ""), "", request.POST.get("timeout", "")
    made = _conditions(request)
    if request.method == "POST" and not op and made.check():
        try:
            add_skill_rule(
                actor=request.actor, skill_id=skill_id, conditions=made.as_json(),
                timeout=timeout.strip(),
            )  # fmt: skip
            return redirect("admin:routing_skill", skill_id)
        except REFUSALS as error:
            refusal = str(error)
    is_wrong = bool(refusal) or (request.method == "POST" and not op)
    context = {"row": row, "conditions": made, "refusal": refusal, "timeout": timeout,
               "tab": "routing_skills"}  # fmt: skip
    return render(request, "admin/routing/rule.html", context, status=422 if is_wrong else 200)


@require_POST
@rules_page
def rule_removal(request: SignedInRequest, skill_id: int, rule_id: int) -> HttpResponse:
    """Let these tickets need the skill no longer."""
    delete_skill_rule(actor=request.actor, rule_id=rule_id)
    return redirect("admin:routing_skill", skill_id)


def _conditions(request: SignedInRequest) -> conditions.ConditionBuilder:
    """What was sent, with the button that changes the form carried out."""
    if request.method != "POST":
        return conditions.from_json({}, Purpose.SLA, request.actor)
    made = conditions.from_form(request.POST, Purpose.SLA, request.actor)
    where, _dot, what = request.POST.get("op", "").partition(".")
    if where == "c":
        made.operate(what)
    return made

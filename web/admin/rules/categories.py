"""The headings over triggers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from macros.actions import InvalidRule, save_category
from macros.actions.categories import move_category, remove_category
from macros.selectors.rules import trigger_categories
from web.access import SignedInRequest
from web.admin.rules.access import rules_page
from web.agent.numbers import as_id


@require_http_methods(["GET", "POST"])
@rules_page
def index(request: SignedInRequest) -> HttpResponse:
    """All categories; a name that is sent adds one, or renames the one it is sent for."""
    error, name = "", request.POST.get("name", "")
    if request.method == "POST":
        try:
            save_category(
                actor=request.actor, name=name, category_id=as_id(request.POST.get("category", ""))
            )
            messages.success(request, _("Saved."))
            return redirect("admin:categories")
        except InvalidRule as refused:
            error = str(refused)
    rows = trigger_categories(request.actor)
    context = {"rows": rows, "error": error, "name": name, "at": request.POST.get("category", "")}
    status = 422 if error else 200
    return render(request, "admin/rules/categories.html", context, status=status)


@require_POST
@rules_page
def position(request: SignedInRequest, category_id: int) -> HttpResponse:
    """One place up or down: its triggers run earlier or later."""
    by = -1 if request.POST.get("move") == "up" else 1
    move_category(actor=request.actor, category_id=category_id, by=by)
    return redirect("admin:categories")


@require_POST
@rules_page
def removal(request: SignedInRequest, category_id: int) -> HttpResponse:
    """Remove a category that is empty."""
    try:
        remove_category(actor=request.actor, category_id=category_id)
    except InvalidRule as error:
        messages.error(request, str(error))
    return redirect("admin:categories")

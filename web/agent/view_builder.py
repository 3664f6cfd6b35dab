"""Views made by the people who work with them: new, changed, copied, ordered, deleted."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import Permission
from tickets.actions.views import (
    InvalidView,
    copy_view,
    create_view,
    delete_view,
    order_views,
    update_view,
)
from tickets.conditions import InvalidCondition
from tickets.models import View
from tickets.selectors.views import managed_views, view_to_edit
from web.access import SignedInRequest, workspace
from web.agent.view_form import ViewForm, form_of


@require_http_methods(["GET", "POST"])
@workspace()
def new(request: SignedInRequest) -> HttpResponse:
    """A new view; it begins with unsolved tickets and the usual columns."""
    return _form(request, None)


@require_http_methods(["GET", "POST"])
@workspace()
def edit(request: SignedInRequest, view_id: int) -> HttpResponse:
    """Change a view."""
    return _form(request, view_to_edit(request.actor, view_id))


@require_safe
@workspace()
def manage(request: SignedInRequest) -> HttpResponse:
    """All views that the person may order and change, and those to copy."""
    shared, mine = managed_views(request.actor)
    may = request.actor.can(Permission.MANAGE_RULES)
    context = {
        "lists": [(_("Shared"), shared, may), (_("Mine"), mine, True)],
        "moved": request.GET.get("moved", ""),
    }
    return render(request, "agent/views/manage.html", context)


@require_POST
@workspace()
def copy(request: SignedInRequest, view_id: int) -> HttpResponse:
    """A copy for oneself, opened to be changed."""
    try:
        made = copy_view(actor=request.actor, view_id=view_id)
    except (InvalidView, InvalidCondition) as error:
        messages.error(request, str(error))
        return redirect("view", view_id)
    messages.success(request, _("This copy is yours alone."))
    return redirect("edit_view", made.pk)


@require_POST
@workspace()
def position(request: SignedInRequest, view_id: int) -> HttpResponse:
    """Put a view one place up or down among its own kind."""
    view = view_to_edit(request.actor, view_id)
    shared, mine = managed_views(request.actor)
    ids = [row.pk for row in (mine if view.owner_id else shared)]
    move = request.POST.get("move", "")
    place = ids.index(view_id)
    ids.remove(view_id)
    ids.insert(max(0, place - 1) if move == "up" else place + 1, view_id)
    order_views(actor=request.actor, view_ids=ids)
    return redirect(f"/views/manage/?moved={move}-{view_id}")


@require_http_methods(["GET", "POST"])
@workspace()
def removal(request: SignedInRequest, view_id: int) -> HttpResponse:
    """Ask once, then delete."""
    view = view_to_edit(request.actor, view_id)
    if request.method == "POST":
        delete_view(actor=request.actor, view_id=view_id)
        messages.success(request, _("“%(title)s” was deleted.") % {"title": view.title})
        return redirect("views")
    return render(request, "agent/views/removal.html", {"view": view})


def _form(request: SignedInRequest, view: View | None) -> HttpResponse:
    form = form_of(request, view)
    if form.may_save():
        try:
            return redirect("view", _save(request, form, view).pk)
        except InvalidView as error:
            form.refuse(error)
        except InvalidCondition as error:
            form.conditions.error = str(error)
    context = {"view": view, "form": form, "conditions": form.conditions}
    status = 422 if request.method == "POST" and not form.op else 200
    return render(request, "agent/views/form.html", context, status=status)


def _save(request: SignedInRequest, form: ViewForm, view: View | None) -> View:
    draft = form.draft
    if view is not None:
        return update_view(
            actor=request.actor, view_id=view.pk, draft=draft,
            expected_stamp=request.POST.get("stamp", ""),
        )  # fmt: skip
    return create_view(
        actor=request.actor, title=draft.title, conditions=draft.conditions,
        columns=draft.columns, sort_by=draft.sort_by, sort_order=draft.sort_order,
        group_by=draft.group_by, group_order=draft.group_order, group_id=draft.group_id,
        owner_id=draft.owner_id, description=draft.description,
    )  # fmt: skip

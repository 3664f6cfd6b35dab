"""Macros: the list of those one may use, and the form of one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actor import Actor
from macros.actions import (
    create_macro,
    delete_macro,
    order_macros,
    set_macro_active,
    update_macro,
)
from macros.actions.macros import scope_of
from macros.effects.words import words_of_effects
from macros.models import Macro
from macros.selectors.macros import (
    LIMIT,
    Usage,
    category_of,
    listed_macro,
    listed_macros,
    may_edit,
    usage_of,
)
from web.access import SignedInRequest
from web.admin.rules.presenting import names_for
from web.agent.numbers import as_id, as_ids
from web.macros.access import REFUSALS, macro_page
from web.macros.editor import Editor, editor_of

SCOPES = (("", _("All")), ("personal", _("Mine")), ("group", _("Groups")),
          ("everyone", _("Everyone")))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A macro in the list."""

    macro: Macro
    category: str
    short: str
    does: list[str]
    usage: Usage
    may_edit: bool


@dataclass(slots=True)
class Section:
    """Macros of the same people."""

    title: str
    rows: list[Row] = field(default_factory=list)


@require_safe
@macro_page
def index(request: SignedInRequest) -> HttpResponse:
    """The macros one may use or manage, searched by title and text, with their figures."""
    query, scope = request.GET.get("q", "").strip()[:100], request.GET.get("for", "")
    rows = _rows(list(listed_macros(request.actor)[:LIMIT]), request.actor)
    words = query.casefold().split()
    shown = [
        row
        for row in rows
        if scope in ("", scope_of(row.macro))
        and all(word in f"{row.macro.title} {' '.join(row.does)}".casefold() for word in words)
    ]
    context = {
        "sections": _sections(shown), "count": len(rows), "q": query, "scope": scope,
        "scopes": [(value, str(label)) for value, label in SCOPES],
        "moved": request.GET.get("moved", ""), "is_narrowed": bool(words or scope),
    }  # fmt: skip
    return render(request, "agent/macros/index.html", context)


@require_http_methods(["GET", "POST"])
@macro_page
def new(request: SignedInRequest) -> HttpResponse:
    """A new macro; it begins with a text."""
    return _form(request, None)


@require_http_methods(["GET", "POST"])
@macro_page
def edit(request: SignedInRequest, macro_id: int) -> HttpResponse:
    """Change a macro; who may only use it reads what it does."""
    macro = listed_macro(request.actor, macro_id)
    if not may_edit(request.actor, macro) and request.method == "GET":
        context = {"macro": macro, "tab": "edit", "row": _rows([macro], request.actor)[0]}
        return render(request, "agent/macros/show.html", context)
    return _form(request, macro)


@require_POST
@macro_page
def activation(request: SignedInRequest, macro_id: int) -> HttpResponse:
    """Offer a macro, or stop offering it."""
    is_active = request.POST.get("active") == "1"
    set_macro_active(actor=request.actor, macro_id=macro_id, is_active=is_active)
    return redirect(f"/macros/?moved=switch-{macro_id}")


@require_POST
@macro_page
def position(request: SignedInRequest, macro_id: int) -> HttpResponse:
    """Put a macro one place up or down among its own, or all of them into the order of `ids`."""
    macro = listed_macro(request.actor, macro_id)
    beside = listed_macros(request.actor).filter(owner=macro.owner_id, group=macro.group_id)
    ids = list(beside.values_list("pk", flat=True))
    move = request.POST.get("move", "")
    if move in ("up", "down"):
        place = ids.index(macro_id)
        ids.remove(macro_id)
        ids.insert(max(0, place - 1) if move == "up" else place + 1, macro_id)
    else:
        wanted = [pk for pk in as_ids(request.POST.get("ids", "").split(",")) if pk in ids]
        ids = [*wanted, *(pk for pk in ids if pk not in wanted)]
    order_macros(actor=request.actor, macro_ids=ids)
    return redirect(f"/macros/?moved={move or 'grip'}-{macro_id}")


@require_http_methods(["GET", "POST"])
@macro_page
def removal(request: SignedInRequest, macro_id: int) -> HttpResponse:
    """Ask once, then delete."""
    macro = listed_macro(request.actor, macro_id)
    if request.method == "POST":
        delete_macro(actor=request.actor, macro_id=macro_id)
        messages.success(request, _("“%(title)s” was deleted.") % {"title": macro.title})
        return redirect("macros:index")
    return render(request, "agent/macros/removal.html", {"macro": macro, "tab": "edit"})


def _form(request: SignedInRequest, macro: Macro | None) -> HttpResponse:
    editor = editor_of(request, macro)
    if editor.may_save():
        try:
            saved = _save(request, editor, macro)
            messages.success(request, _("“%(title)s” was saved.") % {"title": saved.title})
            return redirect("macros:index")
        except REFUSALS as error:
            editor.refuse(error)
    context: dict[str, Any] = {"macro": macro, "tab": "edit", "may_edit": True, **editor.context}
    status = 422 if request.method == "POST" and not editor.op else 200
    return render(request, "agent/macros/form.html", context, status=status)


def _save(request: SignedInRequest, editor: Editor, macro: Macro | None) -> Macro:
    if macro is None:
        return create_macro(actor=request.actor, draft=editor.draft)
    return update_macro(
        actor=request.actor, macro_id=macro.pk, draft=editor.draft,
        expected_revision=as_id(editor.revision),
    )  # fmt: skip


def _rows(macros: list[Macro], actor: Actor) -> list[Row]:
    usage = usage_of(macros)
    names = names_for([(None, macro.effects) for macro in macros])
    return [
        Row(
            macro, *category_of(macro.title), words_of_effects(macro.effects, names),
            usage[macro.pk], may_edit(actor, macro),
        )
        for macro in macros
    ]  # fmt: skip


def _sections(rows: list[Row]) -> list[Section]:
    mine, everyone = Section(_("Mine")), Section(_("Everyone"))
    groups: dict[int, Section] = {}
    for row in rows:
        macro = row.macro
        if macro.owner_id:
            mine.rows.append(row)
        elif macro.group_id and macro.group:
            groups.setdefault(macro.group_id, Section(macro.group.name)).rows.append(row)
        else:
            everyone.rows.append(row)
    in_order = sorted(groups.values(), key=lambda section: section.title.casefold())
    return [section for section in (mine, *in_order, everyone) if section.rows]

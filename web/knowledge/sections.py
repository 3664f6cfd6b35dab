"""Arranging the help centre: categories and sections, their names and their order."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.roles import Permission
from knowledge.actions import (
    delete_category,
    delete_section,
    move_category,
    move_section,
    save_category,
    save_section,
)
from knowledge.drafts import SectionDraft
from knowledge.errors import InvalidArticle, SectionInUse
from knowledge.languages import native_name
from knowledge.selectors.articles import categories, languages_in_use
from web.access import SignedInRequest, workspace
from web.agent.numbers import as_id


@require_http_methods(["GET", "HEAD", "POST"])
@workspace(Permission.MANAGE_KNOWLEDGE)
def index(request: SignedInRequest) -> HttpResponse:
    """All categories with their sections; by POST a new category, or a section of one."""
    if request.method == "POST":
        draft = _draft(request)
        save = save_section if draft.category_id else save_category
        return _done(request, lambda: save(actor=request.actor, draft=draft), _("Added."))
    languages = [tag for tag in languages_in_use(request.actor) if tag != "en"]
    context = {
        "categories": categories(),
        "languages": [(tag, native_name(tag)) for tag in languages],
    }
    return render(request, "agent/knowledge/sections.html", context)


@require_POST
@workspace(Permission.MANAGE_KNOWLEDGE)
def category(request: SignedInRequest, category_id: int) -> HttpResponse:
    """Rename, move or delete a category."""
    actor, op = request.actor, request.POST.get("op", "")
    if op == "delete":
        return _done(
            request, lambda: delete_category(actor=actor, category_id=category_id), _("Deleted.")
        )
    if op in ("up", "down"):
        move_category(actor=actor, category_id=category_id, is_up=op == "up")
        return redirect("knowledge:sections")
    draft = _draft(request)
    return _done(
        request, lambda: save_category(actor=actor, draft=draft, category_id=category_id),
        _("Saved."),
    )  # fmt: skip


@require_POST
@workspace(Permission.MANAGE_KNOWLEDGE)
def section(request: SignedInRequest, section_id: int) -> HttpResponse:
    """Rename, move or delete a section."""
    actor, op = request.actor, request.POST.get("op", "")
    if op == "delete":
        return _done(
            request, lambda: delete_section(actor=actor, section_id=section_id), _("Deleted.")
        )
    if op in ("up", "down"):
        move_section(actor=actor, section_id=section_id, is_up=op == "up")
        return redirect("knowledge:sections")
    draft = _draft(request)
    return _done(
        request, lambda: save_section(actor=actor, draft=draft, section_id=section_id),
        _("Saved."),
    )  # fmt: skip


def _draft(request: SignedInRequest) -> SectionDraft:
    names = {
        name.removeprefix("name-"): str(value)
        for name, value in request.POST.items()
        if name.startswith("name-")
    }
    return SectionDraft(
        name=request.POST.get("name", ""), names=names,
        description=request.POST.get("description", ""),
        category_id=as_id(request.POST.get("category", "")),
    )  # fmt: skip


def _done(request: SignedInRequest, work: Callable[[], object], said: str) -> HttpResponse:
    try:
        work()
    except (InvalidArticle, SectionInUse) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("knowledge:sections")

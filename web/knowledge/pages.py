"""Reading the knowledge base in the workspace: the list, one article, what was not found."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from knowledge import policies
from knowledge.languages import native_name
from knowledge.models import ArticleTranslation, State
from knowledge.selectors.articles import (
    Asked,
    categories,
    count_states,
    languages_in_use,
    missed_searches,
    page_of_articles,
    translations_of,
)
from web.access import SignedInRequest, workspace
from web.agent.numbers import as_id
from web.knowledge.bodies import article_html, path_of


@require_safe
@workspace(Permission.USE_WORKSPACE)
def index(request: SignedInRequest) -> HttpResponse:
    """Articles by state, section and language, searched by their words."""
    asked = Asked(
        query=request.GET.get("q", "").strip()[:200],
        state=request.GET.get("state", ""),
        language=request.GET.get("language", "")[:20],
        section_id=as_id(request.GET.get("section", "")),
    )
    page = page_of_articles(request.actor, asked, cursor=request.GET.get("cursor", ""))
    context = {
        "page": page, "asked": asked, "counts": count_states(request.actor),
        "languages": [(tag, native_name(tag)) for tag in languages_in_use(request.actor)],
        "categories": categories(), "may_edit": request.actor.can(Permission.MANAGE_KNOWLEDGE),
        "is_narrowed": bool(asked.query or asked.language or asked.section_id or asked.state),
    }  # fmt: skip
    return render(request, "agent/knowledge/index.html", context)


@require_safe
@workspace(Permission.USE_WORKSPACE)
def show(request: SignedInRequest, translation_id: int) -> HttpResponse:
    """One article as readers see it, with its place, its languages and what they thought of it."""
    translation = policies.listed_translation(request.actor, translation_id)
    return render(request, "agent/knowledge/show.html", {
        **frame_of(request, translation, "read"), "body": article_html(translation.body),
    })  # fmt: skip


@require_safe
@workspace(Permission.MANAGE_KNOWLEDGE)
def missed(request: SignedInRequest) -> HttpResponse:
    """What people looked for in the help centre and did not find."""
    return render(request, "agent/knowledge/missed.html", {"missed": list(missed_searches())})


def frame_of(
    request: SignedInRequest, translation: ArticleTranslation, tab: str
) -> dict[str, object]:
    """What every page of one article shows around it."""
    return {
        "translation": translation, "article": translation.article, "tab": tab,
        "translations": [
            (each, native_name(each.language))
            for each in translations_of(translation.article_id, request.actor)
        ],
        "language": native_name(translation.language),
        "may_edit": request.actor.can(Permission.MANAGE_KNOWLEDGE),
        "path": path_of(translation) if translation.state == State.PUBLISHED else "",
    }  # fmt: skip

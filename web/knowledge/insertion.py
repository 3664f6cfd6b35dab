"""Articles offered by the composer for "[[": one option each, with what would be inserted."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from knowledge.models import ArticleTranslation, Visibility
from knowledge.selectors.search import insertable_articles
from web.access import SignedInRequest, workspace
from web.knowledge.bodies import link_html, path_of


@dataclass(frozen=True, slots=True)
class Insertable:
    """An article and what is inserted for it: a link with its title, as HTML and as text.

    `is_internal`: only staff can open it, so it belongs into notes.
    """

    translation: ArticleTranslation
    html: str
    text: str
    is_internal: bool
    section: str


def insertable(request: HttpRequest, translation: ArticleTranslation) -> Insertable:
    """The whole address stands in it: replies are read in mail programs."""
    address = request.build_absolute_uri(path_of(translation))
    return Insertable(
        translation=translation, html=link_html(translation.title, address),
        text=f"{translation.title}\n{address}",
        is_internal=translation.article.visibility == Visibility.STAFF,
        section=translation.article.section.name_in(translation.language),
    )  # fmt: skip


@require_safe
@workspace(Permission.USE_WORKSPACE)
def index(request: SignedInRequest) -> HttpResponse:
    """The best eight for what was typed after "[["; `language` is the ticket's."""
    found = insertable_articles(
        request.GET.get("q", "")[:200], request.actor,
        language=request.GET.get("language", "")[:20].lower(),
    )  # fmt: skip
    context = {"options": [insertable(request, each) for each in found]}
    return render(request, "agent/knowledge/_options.html", context)

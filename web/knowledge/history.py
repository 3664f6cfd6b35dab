"""How an article came to be what it is, and going back."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Permission
from core import html
from knowledge import policies
from knowledge.actions import revert_translation
from knowledge.models import ArticleRevision
from knowledge.selectors.articles import revisions_of
from web.access import SignedInRequest, workspace
from web.knowledge.bodies import article_html
from web.knowledge.differences import Line, changed_lines
from web.knowledge.pages import frame_of


@dataclass(frozen=True, slots=True)
class Change:
    """A revision and the lines in which it differs from the one before."""

    revision: ArticleRevision
    lines: list[Line]
    is_present: bool


@require_safe
@workspace(Permission.MANAGE_KNOWLEDGE)
def index(request: SignedInRequest, translation_id: int) -> HttpResponse:
    """Every change, newest first, line by line."""
    translation = policies.listed_translation(request.actor, translation_id)
    revisions = revisions_of(translation)
    texts = [f"{each.title}\n{html.to_text(each.body)}" for each in revisions]
    changes = [
        Change(
            revision, changed_lines(texts[at + 1] if at + 1 < len(texts) else "", texts[at]),
            revision.number == translation.revision,
        )
        for at, revision in enumerate(revisions)
    ]  # fmt: skip
    context = {**frame_of(request, translation, "history"), "changes": changes}
    return render(request, "agent/knowledge/history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@workspace(Permission.MANAGE_KNOWLEDGE)
def show(request: SignedInRequest, translation_id: int, revision: int) -> HttpResponse:
    """The article as it was; by POST it becomes that again."""
    translation = policies.listed_translation(request.actor, translation_id)
    if request.method == "POST":
        revert_translation(actor=request.actor, translation_id=translation_id, number=revision)
        messages.success(request, _("The article is as it was then. The history keeps both."))
        return redirect("knowledge:article", translation_id)
    then = translation.revisions.select_related("author").filter(number=revision).first()
    if then is None:
        raise Http404
    context = {
        **frame_of(request, translation, "history"), "then": then,
        "body": article_html(then.body), "is_present": then.number == translation.revision,
    }  # fmt: skip
    return render(request, "agent/knowledge/revision.html", context)

"""Writing articles: new ones, changes, other languages, and when they are published."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.roles import Permission
from core import html
from knowledge import policies
from knowledge.actions import create_article, save_article, set_state
from knowledge.drafts import ArticleDraft
from knowledge.errors import ArticleChanged, InvalidArticle
from knowledge.languages import choices
from knowledge.models import ArticleTranslation, State, Visibility
from knowledge.selectors.articles import categories, translations_of
from web.access import SignedInRequest, workspace
from web.agent.numbers import as_id
from web.knowledge.bodies import article_html
from web.knowledge.pages import frame_of


@dataclass(slots=True)
class Form:
    """What stands in the fields, and what is wrong with it."""

    title: str = ""
    body: str = ""
    language: str = "en"
    section_id: int | None = None
    visibility: str = Visibility.EVERYONE
    revision: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    conflict: str = ""

    @property
    def draft(self) -> ArticleDraft:
        return ArticleDraft(
            section_id=self.section_id or 0, language=self.language, title=self.title,
            body=self.body, visibility=self.visibility,
        )  # fmt: skip


@require_http_methods(["GET", "POST"])
@workspace(Permission.MANAGE_KNOWLEDGE)
def new(request: SignedInRequest) -> HttpResponse:
    """A new article, saved as a draft or published at once."""
    section = as_id(request.GET.get("section", ""))
    form = _posted(request) or Form(section_id=section, title=request.GET.get("title", "")[:200])
    if request.method == "POST":
        try:
            state = _wanted_state(request) or State.DRAFT
            saved = create_article(actor=request.actor, draft=form.draft, state=state)
            return _done(request, saved)
        except InvalidArticle as error:
            form.errors[error.field] = str(error)
    return _show(request, form, {"heading": _("New article")})


@require_http_methods(["GET", "POST"])
@workspace(Permission.MANAGE_KNOWLEDGE)
def edit(request: SignedInRequest, translation_id: int) -> HttpResponse:
    """Change title, text, place and readers. What somebody else saved meanwhile is not lost."""
    translation = policies.listed_translation(request.actor, translation_id)
    form = _posted(request) or _form_of(translation, translation.language, translation.body)
    form.language = translation.language
    return _save(request, form, translation, frame_of(request, translation, "edit"))


@require_http_methods(["GET", "POST"])
@workspace(Permission.MANAGE_KNOWLEDGE)
def translate(request: SignedInRequest, translation_id: int) -> HttpResponse:
    """The article in one more language; it begins with the text to translate."""
    source = policies.listed_translation(request.actor, translation_id)
    form = _posted(request) or _form_of(source, "", source.body)
    taken = {each.language for each in translations_of(source.article_id, request.actor)}
    context = {
        **frame_of(request, source, "translate"), "is_translation": True,
        "free_languages": [each for each in choices() if each[0] not in taken],
    }  # fmt: skip
    if request.method == "POST" and form.language in taken:
        form.errors["language"] = _("The article exists in this language. Edit it there.")
        return _show(request, form, context)
    return _save(request, form, source, context)


@require_POST
@workspace(Permission.MANAGE_KNOWLEDGE)
def state(request: SignedInRequest, translation_id: int) -> HttpResponse:
    """Publish, take back into a draft, archive."""
    try:
        set_state(
            actor=request.actor, translation_id=translation_id,
            state=request.POST.get("state", ""),
        )  # fmt: skip
    except InvalidArticle as error:
        messages.error(request, str(error))
    return redirect("knowledge:article", translation_id)


@require_POST
@workspace(Permission.MANAGE_KNOWLEDGE)
def preview(request: SignedInRequest) -> HttpResponse:
    """The text as readers would see it; nothing is saved."""
    body = html.sanitize(request.POST.get("body", "")[:200_000], keep_styles=False)
    context = {"title": request.POST.get("title", "")[:200], "body": article_html(body)}
    return render(request, "agent/knowledge/_preview.html", context)


def _save(
    request: SignedInRequest, form: Form, of: ArticleTranslation, context: dict[str, object]
) -> HttpResponse:
    if request.method != "POST":
        return _show(request, form, context)
    try:
        saved = save_article(
            actor=request.actor, article_id=of.article_id, draft=form.draft,
            expected_revision=as_id(form.revision), state=_wanted_state(request),
        )  # fmt: skip
    except InvalidArticle as error:
        form.errors[error.field] = str(error)
        return _show(request, form, context)
    except ArticleChanged as error:
        form.revision, form.conflict = str(error.revision), str(error)
        return _show(request, form, context)
    return _done(request, saved)


def _show(request: SignedInRequest, form: Form, context: dict[str, object]) -> HttpResponse:
    values = {
        "form": form, "languages": choices(), "categories": categories(),
        "visibilities": Visibility.choices, "may_edit": True, **context,
    }  # fmt: skip
    status = 409 if form.conflict else 422 if form.errors else 200
    return render(request, "agent/knowledge/form.html", values, status=status)


def _posted(request: SignedInRequest) -> Form | None:
    if request.method != "POST":
        return None
    return Form(
        title=request.POST.get("title", ""), body=request.POST.get("body", ""),
        language=request.POST.get("language", ""),
        section_id=as_id(request.POST.get("section", "")),
        visibility=request.POST.get("visibility", ""), revision=request.POST.get("revision", ""),
    )  # fmt: skip


def _form_of(translation: ArticleTranslation, language: str, body: str) -> Form:
    return Form(
        title=translation.title, body=body, language=language,
        section_id=translation.article.section_id, visibility=translation.article.visibility,
        revision=str(translation.revision) if language else "",
    )  # fmt: skip


def _wanted_state(request: SignedInRequest) -> str | None:
    wanted = request.POST.get("state", "")
    return wanted if wanted in (State.DRAFT, State.PUBLISHED) else None


def _done(request: SignedInRequest, saved: ArticleTranslation) -> HttpResponse:
    said = _("Published.") if saved.is_published else _("Saved as a draft.")
    messages.success(request, said)
    return redirect("knowledge:article", saved.pk)

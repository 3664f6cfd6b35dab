"""Writing articles. Each change of title or text is kept as a revision and can be gone back to."""

from __future__ import annotations

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Max, Value
from django.db.models.expressions import CombinedExpression

from accounts.actor import Actor
from core import clock, html
from core.search_text import searchable
from core.text import storable
from knowledge import policies
from knowledge.drafts import ArticleDraft
from knowledge.errors import ArticleChanged, ArticleNotFound, InvalidArticle
from knowledge.languages import clean_tag
from knowledge.models import (
    Article,
    ArticleRevision,
    ArticleTranslation,
    Section,
    State,
    Visibility,
)

TITLE_LENGTH = 200
BODY_LENGTH = 200_000
_INDEXED = 100_000  # letters of a text that search knows; a tsvector may have 1 MB


@transaction.atomic
def create_article(
    *, actor: Actor, draft: ArticleDraft, state: str = State.DRAFT
) -> ArticleTranslation:
    """A new article in its first language. Raises NotPermitted, InvalidArticle."""
    policies.require_may_edit(actor)
    section = _section(draft.section_id)
    last = section.articles.aggregate(last=Max("position"))["last"]
    article = Article(
        section=section, visibility=_visibility(draft), position=(last or 0) + 1,
        author_id=actor.user_id, created_at=clock.now(), updated_at=clock.now(),
    )  # fmt: skip
    article.save()
    return _write(actor, _new_translation(actor, article, draft), draft, state)


@transaction.atomic
def save_article(
    *,
    actor: Actor,
    article_id: int,
    draft: ArticleDraft,
    expected_revision: int | None = None,
    state: str | None = None,
) -> ArticleTranslation:
    """Change an article's place and its text in one language, which may be a new one.

    Nothing is saved when the text was changed since `expected_revision`. Without `state` it stays
    what it is. Raises NotPermitted, ArticleNotFound, ArticleChanged, InvalidArticle.
    """
    policies.require_may_edit(actor)
    article = Article.objects.select_for_update().filter(pk=article_id).first()
    if article is None:
        raise ArticleNotFound(article_id)
    article.section, article.visibility = _section(draft.section_id), _visibility(draft)
    article.updated_at = clock.now()
    article.save(update_fields=["section", "visibility", "updated_at"])
    found = article.translations.filter(language=clean_tag(draft.language)).first()
    if found and expected_revision not in (None, found.revision):
        raise ArticleChanged(found.revision)
    translation = found or _new_translation(actor, article, draft)
    return _write(actor, translation, draft, state or translation.state)


@transaction.atomic
def set_state(*, actor: Actor, translation_id: int, state: str) -> ArticleTranslation:
    """Publish a translation, take it back into a draft, or archive it.

    Raises NotPermitted, ArticleNotFound, InvalidArticle.
    """
    policies.require_may_edit(actor)
    translation = _lock(translation_id)
    _enter_state(translation, state)
    translation.updated_by_id, translation.updated_at = actor.user_id, clock.now()
    translation.save(update_fields=["state", "published_at", "updated_by", "updated_at"])
    return translation


@transaction.atomic
def revert_translation(*, actor: Actor, translation_id: int, number: int) -> ArticleTranslation:
    """Make title and text what they were in a revision; that is a new revision.

    Raises NotPermitted, ArticleNotFound (no such article or revision).
    """
    policies.require_may_edit(actor)
    translation = _lock(translation_id)
    then = translation.revisions.filter(number=number).first()
    if then is None:
        raise ArticleNotFound(f"{translation_id} as of {number}")
    draft = ArticleDraft(
        section_id=translation.article.section_id, language=translation.language,
        title=then.title, body=then.body,
    )  # fmt: skip
    return _write(actor, translation, draft, translation.state)


def _write(
    actor: Actor, translation: ArticleTranslation, draft: ArticleDraft, state: str
) -> ArticleTranslation:
    """Title, text, what search knows of them, and the revision when they have changed."""
    title, body = _title(draft.title), _body(draft.body)
    is_changed = not translation.pk or (title, body) != (translation.title, translation.body)
    if translation.pk and is_changed:
        translation.revision += 1
    translation.title, translation.body = title, body
    translation.text = html.to_text(body).strip()
    translation.updated_by_id, translation.updated_at = actor.user_id, clock.now()
    _enter_state(translation, state)
    translation.search = _vector(title, translation.text)
    translation.save()
    translation.refresh_from_db(fields=["search"])
    if is_changed:
        ArticleRevision.objects.create(
            translation=translation, number=translation.revision, title=title, body=body,
            author_id=actor.user_id, created_at=clock.now(),
        )  # fmt: skip
    return translation


def _vector(title: str, text: str) -> CombinedExpression:
    heading = SearchVector(Value(searchable(title)), config="helpdesk", weight="A")
    return heading + SearchVector(Value(searchable(text[:_INDEXED])), config="helpdesk", weight="D")


def _enter_state(translation: ArticleTranslation, state: str) -> None:
    if state not in State.values:
        raise InvalidArticle("state", "An article is a draft, published or archived.")
    if state == State.PUBLISHED and not translation.text:
        raise InvalidArticle("body", "Write the article before it is published.")
    if state == State.PUBLISHED and translation.published_at is None:
        translation.published_at = clock.now()
    translation.state = state


def _new_translation(actor: Actor, article: Article, draft: ArticleDraft) -> ArticleTranslation:
    language = clean_tag(draft.language)
    if not language:
        raise InvalidArticle("language", "Choose the language of the article.")
    return ArticleTranslation(
        article=article, language=language, author_id=actor.user_id, created_at=clock.now()
    )


def _title(text: str) -> str:
    title = " ".join(storable(text).split())
    if not title:
        raise InvalidArticle("title", "Give the article a title: the question it answers.")
    if len(title) > TITLE_LENGTH:
        raise InvalidArticle("title", f"A title has at most {TITLE_LENGTH} letters.")
    return title


def _body(text: str) -> str:
    if len(text) > BODY_LENGTH:
        raise InvalidArticle("body", f"An article has at most {BODY_LENGTH:,} letters.")
    return html.sanitize(storable(text), keep_styles=False).strip()


def _visibility(draft: ArticleDraft) -> str:
    if draft.visibility not in Visibility.values:
        raise InvalidArticle("visibility", "Choose who may read the article.")
    return draft.visibility


def _section(section_id: int) -> Section:
    section = Section.objects.filter(pk=section_id).first()
    if section is None:
        raise InvalidArticle("section", "Choose the section the article stands in.")
    return section


def _lock(translation_id: int) -> ArticleTranslation:
    rows = ArticleTranslation.objects.select_for_update(of=("self",)).select_related("article")
    found = rows.filter(pk=translation_id).first()
    if found is None:
        raise ArticleNotFound(translation_id)
    return found

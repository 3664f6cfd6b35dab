"""Who may read and write what: one policy for pages, suggestions and insertions."""

from __future__ import annotations

from accounts.actor import Actor
from accounts.roles import Permission
from knowledge.errors import ArticleNotFound, NotPermitted
from knowledge.models import ArticleTranslation, State, Visibility
from knowledge.models.article import TranslationQuerySet


def is_staff(actor: Actor | None) -> bool:
    """Whether internal articles may be shown to this reader."""
    return actor is not None and (
        actor.is_system or (not actor.is_customer and actor.can(Permission.USE_WORKSPACE))
    )


def readable(actor: Actor | None) -> TranslationQuerySet:
    """The published articles this reader may know of, in every language; None is a visitor."""
    found = ArticleTranslation.objects.published()
    if is_staff(actor):
        return found
    visible = [Visibility.EVERYONE]
    if actor is not None and actor.user_id is not None:
        visible.append(Visibility.CUSTOMERS)
    return found.filter(article__visibility__in=visible)


def listed(actor: Actor) -> TranslationQuerySet:
    """What the workspace lists: everything for who writes articles, else what is published."""
    if actor.can(Permission.MANAGE_KNOWLEDGE):
        return ArticleTranslation.objects.all()
    return readable(actor)


def listed_translation(actor: Actor, translation_id: int) -> ArticleTranslation:
    """One of them with its place and people. Raises ArticleNotFound."""
    rows = listed(actor).select_related("article__section__category", "author", "updated_by")
    found = rows.filter(pk=translation_id).first()
    if found is None:
        raise ArticleNotFound(translation_id)
    return found


def require_may_edit(actor: Actor) -> None:
    """Raise NotPermitted unless the actor may write, publish and arrange articles."""
    if not actor.can(Permission.MANAGE_KNOWLEDGE):
        raise NotPermitted("You may read articles, but not write them.")


def is_public(translation: ArticleTranslation) -> bool:
    """Whether a customer who follows a link to it can read it."""
    return (
        translation.state == State.PUBLISHED and translation.article.visibility != Visibility.STAFF
    )

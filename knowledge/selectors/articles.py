"""Articles as the workspace lists them, with their languages and their history."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from accounts.actor import Actor
from core.pages import Keyset, Page, keyset_page
from knowledge import policies
from knowledge.models import (
    ArticleRevision,
    ArticleTranslation,
    Category,
    MissedSearch,
    Section,
    State,
)
from knowledge.selectors.search import matching

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """Which articles a list shows; empty means all."""

    query: str = ""
    state: str = ""
    language: str = ""
    section_id: int | None = None


def page_of_articles(actor: Actor, asked: Asked, *, cursor: str = "") -> Page[ArticleTranslation]:
    """One page, latest changes first, with their places and authors: one query.

    Raises core.pages.BadCursor.
    """
    rows = policies.listed(actor).placed().select_related("updated_by")
    if asked.state in State.values:
        rows = rows.filter(state=asked.state)
    elif not asked.query:
        rows = rows.exclude(state=State.ARCHIVED)
    if asked.language:
        rows = rows.filter(language=asked.language)
    if asked.section_id is not None:
        rows = rows.filter(article__section_id=asked.section_id)
    if asked.query:
        rows = matching(rows, asked.query)
    return keyset_page(rows, Keyset("updated_at"), cursor=cursor, size=PAGE_SIZE)


@dataclass(frozen=True, slots=True)
class StateCounts:
    draft: int
    published: int
    archived: int


def count_states(actor: Actor) -> StateCounts:
    """How many translations there are in each state: one query."""
    counts = {state.value: Count("pk", filter=Q(state=state)) for state in State}
    return StateCounts(**policies.listed(actor).aggregate(**counts))


def languages_in_use(actor: Actor) -> list[str]:
    rows = policies.listed(actor).order_by("language").values_list("language", flat=True)
    return list(rows.distinct())


def translations_of(article_id: int, actor: Actor) -> list[ArticleTranslation]:
    """The article in all its languages."""
    rows = policies.listed(actor).filter(article_id=article_id).defer("body", "search", "text")
    return list(rows.order_by("language"))


def revisions_of(translation: ArticleTranslation) -> list[ArticleRevision]:
    """Newest first, with their authors."""
    rows = translation.revisions.select_related("author")
    return list(rows.order_by("-number")[:200])


def categories() -> list[Category]:
    """All with their sections, each with `article_count`, in order: two queries."""
    from django.db.models import Prefetch

    sections = Section.objects.annotate(article_count=Count("articles"))
    return list(
        Category.objects.prefetch_related(
            Prefetch("sections", sections.order_by("position", "id"))
        ).order_by("position", "id")
    )


def missed_searches(limit: int = 50) -> QuerySet[MissedSearch]:
    """What was searched and not found, most often first."""
    return MissedSearch.objects.order_by("-times", "-last_at", "-id")[:limit]

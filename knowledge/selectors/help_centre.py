"""The help centre as a reader sees it: what there is in their language, and one article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from accounts.actor import Actor
from knowledge import policies
from knowledge.errors import ArticleNotFound
from knowledge.models import ArticleTranslation, Category, Section

OF_CATEGORY = 500


@dataclass(slots=True)
class ShownSection:
    section: Section
    name: str
    articles: list[ArticleTranslation] = field(default_factory=list)


@dataclass(slots=True)
class ShownCategory:
    """A category in one language, with its sections that have something to read."""

    category: Category
    name: str
    sections: list[ShownSection] = field(default_factory=list)

    @property
    def articles(self) -> list[ArticleTranslation]:
        """The most helpful of all sections first."""
        every = [article for section in self.sections for article in section.articles]
        return sorted(every, key=lambda one: -one.helpful)

    @property
    def count(self) -> int:
        return sum(len(section.articles) for section in self.sections)


def languages_to_read(actor: Actor | None) -> list[str]:
    """The languages in which there is something to read."""
    rows = policies.readable(actor).order_by("language").values_list("language", flat=True)
    return list(rows.distinct())


def home_of(actor: Actor | None, language: str) -> list[ShownCategory]:
    """Every category with articles in this language, in order: one query."""
    return _shelved(
        policies.readable(actor)
        .placed()
        .defer("body", "search", "text")
        .filter(language=language)
        .order_by(
            "article__section__category__position", "article__section__category_id",
            "article__section__position", "article__section_id", "article__position", "article_id",
        ),
        language,
    )  # fmt: skip


def category_of(actor: Actor | None, slug: str, language: str) -> ShownCategory:
    """One of them. Raises ArticleNotFound when there is nothing to read in it."""
    found = next((one for one in home_of(actor, language) if one.category.slug == slug), None)
    if found is None:
        raise ArticleNotFound(slug)
    return found


def _shelved(rows: Iterable[ArticleTranslation], language: str) -> list[ShownCategory]:
    shelves: dict[int, ShownCategory] = {}
    sections: dict[int, ShownSection] = {}
    for article in rows:
        section = article.article.section
        category = section.category
        if category.pk not in shelves:
            shelves[category.pk] = ShownCategory(category, category.name_in(language))
        if section.pk not in sections:
            sections[section.pk] = ShownSection(section, section.name_in(language))
            shelves[category.pk].sections.append(sections[section.pk])
        sections[section.pk].articles.append(article)
    return list(shelves.values())


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article to read, in which other languages it exists, and its neighbours."""

    translation: ArticleTranslation
    others: list[ArticleTranslation]
    beside: list[ArticleTranslation]


def article_to_read(actor: Actor | None, article_id: int, language: str) -> ReadArticle:
    """In this language, or in another one where it is not translated: two queries.

    Raises ArticleNotFound when it is hidden from this reader or not published.
    """
    rows = policies.readable(actor).filter(article_id=article_id)
    found = list(rows.select_related("article__section__category").order_by("id"))
    if not found:
        raise ArticleNotFound(article_id)
    chosen = next((each for each in found if each.language == language), found[0])
    beside = (
        policies.readable(actor)
        .placed()
        .filter(article__section_id=chosen.article.section_id, language=chosen.language)
        .exclude(article_id=article_id)
        .order_by("article__position", "article_id")[:6]
    )
    return ReadArticle(chosen, [each for each in found if each.pk != chosen.pk], list(beside))

"""Finding articles: by the words somebody types, and by what a text is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.functions import Lower

from accounts.actor import Actor
from core.search_text import as_tsquery
from core.terms import Terms, prefix_query, shares, terms_of
from core.text import storable
from knowledge import policies
from knowledge.models import ArticleTranslation
from knowledge.models.article import TranslationQuerySet

FOUND = 20
LOOKED_AT = 200  # articles that are ranked
ALMOST = 0.45  # likeness of mistyped words to those of a title
MOSTLY = 0.4  # share of a question's weight that an article must have to be found
FITTING = 0.03  # share of a text's weight that an article must have to be suggested
BESIDE_THE_BEST = 0.5  # part of the best one's fit that others must have
FOREIGN = 0.6  # what an article in another language is worth

_TABLE, _COLUMN = "knowledge_articletranslation", "search"


def matching(rows: TranslationQuerySet, text: str) -> TranslationQuerySet:
    """Those with all the words, the last one perhaps unfinished; none without words."""
    query = as_tsquery(text)
    if not query:
        return rows.none()
    return rows.filter(search=SearchQuery(query, config="helpdesk", search_type="raw"))


def find_articles(
    text: str, actor: Actor | None, *, language: str = "", limit: int = FOUND
) -> list[ArticleTranslation]:
    """Published articles the reader may see, best first, those in `language` before others.

    Words of the title count most. Where no article has all the words: those that are about most of
    them, then titles with words that are almost the same, since people mistype. One to five
    queries.
    """
    query = as_tsquery(text)
    if not query:
        return []
    rows = policies.readable(actor).placed()
    search = SearchQuery(query, config="helpdesk", search_type="raw")
    found = (
        rows.filter(search=search)
        .annotate(speaks=_speaks(language), rank=SearchRank(F("search"), search, normalization=1))
        .order_by("-speaks", "-rank", "-helpful", "id")
    )
    return (
        list(found[:limit])
        or _about(text, actor, language, limit)
        or _almost(rows, text, language, limit)
    )


def _about(text: str, actor: Actor | None, language: str, limit: int) -> list[ArticleTranslation]:
    """For questions as people ask them: "how do I change my address please"."""
    terms = terms_of(text, "", table=_TABLE, column=_COLUMN)
    found = fitting_articles(terms, actor, language=language, limit=limit)
    return [each.translation for each in found if each.fit >= MOSTLY]


def _almost(
    rows: TranslationQuerySet, text: str, language: str, limit: int
) -> list[ArticleTranslation]:
    words = [word for word in storable(text).lower().split() if len(word) > 3][:5]
    if not words:
        return []
    each = [TrigramWordSimilarity(word[:40], Lower("title")) for word in words]
    likeness = reduce(add, each) / Value(float(len(words)))
    near = rows.annotate(speaks=_speaks(language), likeness=likeness).filter(likeness__gte=ALMOST)
    return list(near.order_by("-speaks", "-likeness", "id")[:limit])


def _speaks(language: str) -> Case:
    return Case(
        When(language=language, then=Value(1)), default=Value(0), output_field=IntegerField()
    )


@dataclass(frozen=True, slots=True)
class FittingArticle:
    """An article and how much of a text's weight it has (0 to 1)."""

    translation: ArticleTranslation
    fit: float


def fitting_articles(
    terms: Terms, actor: Actor | None, *, language: str = "", limit: int = 5
) -> list[FittingArticle]:
    """Articles about what a text is about, the best first; each in one language.

    Translations into other languages than `language` count less. Bounded: the weightiest words
    find at most LOOKED_AT translations, which are compared. Three queries.
    """
    if not terms.terms:
        return []
    query = " | ".join(prefix_query(term.stem) for term in terms.terms)
    search = SearchQuery(query, config="helpdesk", search_type="raw")
    rows = policies.readable(actor).filter(search=search)
    ids = list(
        rows.annotate(speaks=_speaks(language), rank=SearchRank(F("search"), search))
        .order_by("-speaks", "-rank", "id")
        .values_list("pk", flat=True)[:LOOKED_AT]
    )
    shared = shares(terms, ids, table=_TABLE, key="id", column=_COLUMN, plain=0.5, fading=0.1)
    found = policies.readable(actor).placed().in_bulk(list(shared))
    best: dict[int, FittingArticle] = {}
    for pk, each in found.items():
        fit = shared[pk] * (1.0 if not language or each.language == language else FOREIGN)
        if fit >= FITTING and (each.article_id not in best or fit > best[each.article_id].fit):
            best[each.article_id] = FittingArticle(each, fit)
    ranked = sorted(best.values(), key=lambda one: (-one.fit, one.translation.pk))
    return [one for one in ranked if one.fit >= BESIDE_THE_BEST * ranked[0].fit][:limit]


def insertable_articles(
    text: str, actor: Actor, *, language: str = "", limit: int = 8
) -> list[ArticleTranslation]:
    """What the composer offers for "[[": by title and text; without words the most helpful."""
    if text.strip():
        return find_articles(text, actor, language=language, limit=limit)
    rows = policies.readable(actor).placed().annotate(speaks=_speaks(language))
    return list(rows.order_by("-speaks", "-helpful", "-updated_at", "-id")[:limit])


def published_by_number(ids: Sequence[int], actor: Actor | None) -> dict[int, ArticleTranslation]:
    """Readable translations by article number, English or the oldest first: for links in texts."""
    rows = policies.readable(actor).placed().filter(Q(article_id__in=list(ids)))
    found: dict[int, ArticleTranslation] = {}
    for each in rows.order_by("id"):
        found.setdefault(each.article_id, each)
    return found

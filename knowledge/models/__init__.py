from knowledge.models.article import (
    Article,
    ArticleRevision,
    ArticleTranslation,
    State,
    Visibility,
)
from knowledge.models.feedback import MissedSearch, Vote
from knowledge.models.section import Category, Section

__all__ = [
    "Article",
    "ArticleRevision",
    "ArticleTranslation",
    "Category",
    "MissedSearch",
    "Section",
    "State",
    "Visibility",
    "Vote",
]

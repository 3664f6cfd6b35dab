"""Every write of the knowledge base: articles, their places, votes, and what was not found."""

from knowledge.actions.articles import (
    create_article,
    revert_translation,
    save_article,
    set_state,
)
from knowledge.actions.feedback import note_missed_search, vote
from knowledge.actions.sections import (
    delete_category,
    delete_section,
    move_category,
    move_section,
    save_category,
    save_section,
)

__all__ = [
    "create_article",
    "delete_category",
    "delete_section",
    "move_category",
    "move_section",
    "note_missed_search",
    "revert_translation",
    "save_article",
    "save_category",
    "save_section",
    "set_state",
    "vote",
]

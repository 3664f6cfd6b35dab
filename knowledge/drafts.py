"""What somebody wants an article to be, as the doors hand it to the actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.models import Visibility


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """An article in one language. `body` is HTML, sanitised when it is saved."""

    section_id: int
    language: str
    title: str
    body: str
    visibility: str = Visibility.EVERYONE


@dataclass(frozen=True, slots=True)
class SectionDraft:
    """A category, or with `category_id` a section. `names` by language."""

    name: str
    names: Mapping[str, str] = field(default_factory=dict)
    description: str = ""
    category_id: int | None = None

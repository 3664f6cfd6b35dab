"""Arranging the help centre: categories, their sections, and the order of both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from accounts.actor import Actor
from core import clock
from core.text import storable
from knowledge import policies
from knowledge.drafts import SectionDraft
from knowledge.errors import ArticleNotFound, InvalidArticle, SectionInUse
from knowledge.languages import clean_tag
from knowledge.models import Category, Section

NAME_LENGTH = 100
LIMIT = 200  # categories, and sections of one

Titled = TypeVar("Titled", Category, Section)


@transaction.atomic
def save_category(*, actor: Actor, draft: SectionDraft, category_id: int | None = None) -> Category:
    """Make or change a category. Raises NotPermitted, ArticleNotFound, InvalidArticle."""
    policies.require_may_edit(actor)
    if category_id:
        category = _lock(Category, category_id)
    else:
        category = Category(
            slug=_free_slug(_name(draft.name)), created_at=clock.now(),
            position=_last(Category.objects.aggregate(last=Max("position"))["last"]),
        )  # fmt: skip
    category.description = " ".join(storable(draft.description).split())[:200]
    return _save(category, draft)


@transaction.atomic
def save_section(*, actor: Actor, draft: SectionDraft, section_id: int | None = None) -> Section:
    """Make a section, or change it; with another category it moves there.

    Raises NotPermitted, ArticleNotFound, InvalidArticle.
    """
    policies.require_may_edit(actor)
    category = Category.objects.filter(pk=draft.category_id or 0).first()
    if category is None:
        raise InvalidArticle("category", "Choose the category the section stands in.")
    section = _lock(Section, section_id) if section_id else Section(created_at=clock.now())
    if section.category_id != category.pk:
        last = category.sections.aggregate(last=Max("position"))["last"]
        section.category, section.position = category, _last(last)
    return _save(section, draft)


@transaction.atomic
def delete_category(*, actor: Actor, category_id: int) -> None:
    """Delete a category without sections. Raises NotPermitted, ArticleNotFound, SectionInUse."""
    policies.require_may_edit(actor)
    category = _lock(Category, category_id)
    if category.sections.exists():
        raise SectionInUse("sections")
    category.delete()


@transaction.atomic
def delete_section(*, actor: Actor, section_id: int) -> None:
    """Delete a section without articles. Raises NotPermitted, ArticleNotFound, SectionInUse."""
    policies.require_may_edit(actor)
    section = _lock(Section, section_id)
    if section.articles.exists():
        raise SectionInUse("articles")
    section.delete()


@transaction.atomic
def move_category(*, actor: Actor, category_id: int, is_up: bool) -> None:
    """One place up or down. Raises NotPermitted, ArticleNotFound."""
    policies.require_may_edit(actor)
    category = _lock(Category, category_id)
    _move(category, list(Category.objects.select_for_update().order_by("position", "id")), is_up)


@transaction.atomic
def move_section(*, actor: Actor, section_id: int, is_up: bool) -> None:
    """One place up or down in its category. Raises NotPermitted, ArticleNotFound."""
    policies.require_may_edit(actor)
    section = _lock(Section, section_id)
    beside = Section.objects.select_for_update().filter(category=section.category_id)
    _move(section, list(beside.order_by("position", "id")), is_up)


def _move(row: Titled, rows: list[Titled], is_up: bool) -> None:
    place = [each.pk for each in rows].index(row.pk)
    rows.insert(max(0, place - 1) if is_up else place + 1, rows.pop(place))
    for position, each in enumerate(rows, start=1):
        if each.position != position:
            each.position, each.updated_at = position, clock.now()
            each.save(update_fields=["position", "updated_at"])


def _save(row: Titled, draft: SectionDraft) -> Titled:
    row.name, row.names = _name(draft.name), _names(draft.names)
    row.updated_at = clock.now()
    row.save()
    return row


def _name(text: str) -> str:
    name = " ".join(storable(text).split())
    if not name or len(name) > NAME_LENGTH:
        raise InvalidArticle("name", f"Write a name of at most {NAME_LENGTH} letters.")
    return name


def _names(names: Mapping[str, str]) -> dict[str, str]:
    return {
        tag: _name(name) for raw, name in names.items() if (tag := clean_tag(raw)) and name.strip()
    }


def _free_slug(name: str) -> str:
    base = slugify(name)[:80] or "category"
    taken = set(Category.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    if len(taken) >= LIMIT:
        raise InvalidArticle("name", "There are too many categories with this name.")
    free = (f"{base}-{number}" for number in range(2, LIMIT + 3))
    return base if base not in taken else next(slug for slug in free if slug not in taken)


def _last(position: int | None) -> int:
    return (position or 0) + 1


def _lock(model: type[Titled], pk: int) -> Titled:
    row = model.objects.select_for_update().filter(pk=pk).first()
    if row is None:
        raise ArticleNotFound(pk)
    return row

"""Writing dynamic content: a text in several languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from accounts.actor import Actor
from core import clock, liquid
from core.text import storable
from macros.actions.rules import (
    clean_title,
    definition_then,
    require_may_edit,
    write_revision,
)
from macros.content import known_placeholders
from macros.errors import ChangedRule, InvalidRule, RuleGone
from macros.models import DynamicContent, DynamicContentVariant, RuleKind
from macros.selectors.content import Uses, uses_of

LIMIT = 1_000  # contents
VARIANTS = 60  # languages of one
TEXT_LENGTH = 10_000
_PLACEHOLDER = re.compile(r"[a-z][a-z0-9_]{0,59}")
_LOCALE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8}){0,2}")


@dataclass(frozen=True, slots=True)
class ContentDraft:
    """`texts` by language tag (`de`, `pt-br`); `placeholder` is kept once it exists."""

    name: str
    placeholder: str
    default_locale: str
    texts: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def save_content(
    *,
    actor: Actor,
    draft: ContentDraft,
    content_id: int | None = None,
    expected_revision: int | None = None,
) -> DynamicContent:
    """Make or change a text with all its variants; those not named in the draft are removed.

    One more revision. Nothing is saved when it was changed since `expected_revision`.

    Raises NotPermitted, RuleGone, ChangedRule, InvalidRule (a text in the default language must be
    there, and its placeholders right).
    """
    require_may_edit(actor)
    content = _lock(content_id) if content_id else _new(draft, actor)
    if content_id and expected_revision not in (None, content.revision):
        raise ChangedRule(content.revision, what="text")
    content.name = clean_title(draft.name)
    content.default_locale = clean_locale(draft.default_locale)
    texts = _clean_texts(draft.texts)
    if not texts.get(content.default_locale):
        raise InvalidRule("Write the text in the default language: it is used for all others.")
    content.updated_by_id, content.updated_at = actor.user_id, clock.now()
    content.revision = content.revision + 1 if content_id else 1
    content.save()
    definition = _definition(content, texts)
    write_revision(RuleKind.CONTENT, content.pk, content.revision, definition, actor.user_id)
    content.variants.exclude(locale__in=texts).delete()
    for locale, text in texts.items():
        DynamicContentVariant.objects.update_or_create(
            content=content, locale=locale, defaults={"text": text}
        )
    return content


@transaction.atomic
def delete_content(*, actor: Actor, content_id: int) -> None:
    """Delete a text that no rule uses; its revisions stay.

    Raises NotPermitted, RuleGone, InvalidRule naming rules.
    """
    require_may_edit(actor)
    content = _lock(content_id)
    using = uses_of(actor, content)
    if using.count:
        raise InvalidRule(f"It is used by {_named(using)}. Take it out there first.")
    texts = dict(content.variants.values_list("locale", "text"))
    last = {**_definition(content, texts), "deleted": True}
    write_revision(RuleKind.CONTENT, content.pk, content.revision + 1, last, actor.user_id)
    content.delete()


@transaction.atomic
def revert_content(*, actor: Actor, content_id: int, number: int) -> DynamicContent:
    """Make a text what it was in a revision, in all languages; that is a new revision.

    Raises NotPermitted, RuleGone, InvalidRule (no such revision; it names what is gone).
    """
    require_may_edit(actor)
    content = _lock(content_id)
    then = definition_then(RuleKind.CONTENT, content_id, number)
    draft = ContentDraft(then["title"], content.placeholder, then["default_locale"], then["texts"])
    return save_content(actor=actor, draft=draft, content_id=content_id)


def _definition(content: DynamicContent, texts: Mapping[str, str]) -> dict[str, Any]:
    """What a revision keeps."""
    return {
        "title": content.name, "default_locale": content.default_locale, "texts": dict(texts),
    }  # fmt: skip


def _named(using: Uses) -> str:
    names = [f"“{rule.title}”" for rule in using.rules[:5]]
    if more := len(using.rules) - len(names):
        names.append(f"{more} more")
    if using.hidden:
        macros = "personal macro of a colleague" if using.hidden == 1 else "personal macros"
        names.append(f"{using.hidden} {macros}")
    return ", ".join(names)


def clean_locale(text: str) -> str:
    """A language tag in small letters. Raises InvalidRule."""
    locale = text.strip().replace("_", "-").lower()
    if not _LOCALE.fullmatch(locale):
        raise InvalidRule(f"“{text[:20]}” is not a language. Write it as de or pt-br.")
    return locale


def _new(draft: ContentDraft, actor: Actor) -> DynamicContent:
    name = draft.placeholder.strip().lower()
    if not _PLACEHOLDER.fullmatch(name):
        raise InvalidRule("The placeholder is made of small letters, digits and _.")
    if DynamicContent.objects.filter(placeholder=name).exists():
        raise InvalidRule(f"There is a text with the placeholder {name} already.")
    if DynamicContent.objects.count() >= LIMIT:
        raise InvalidRule(f"There can be at most {LIMIT:,} texts. Delete one first.")
    return DynamicContent(placeholder=name, created_by_id=actor.user_id, created_at=clock.now())


def _clean_texts(texts: Mapping[str, str]) -> dict[str, str]:
    if len(texts) > VARIANTS:
        raise InvalidRule(f"A text has at most {VARIANTS} languages.")
    known = known_placeholders(with_dynamic=False)
    found = {}
    for raw, text in texts.items():
        locale, clean = clean_locale(raw), storable(text).strip()
        if len(clean) > TEXT_LENGTH:
            raise InvalidRule(f"The text in {locale} has more than {TEXT_LENGTH:,} letters.")
        if problems := liquid.problems(clean, known=known):
            raise InvalidRule(f"In {locale}: {problems[0]}")
        if clean:
            found[locale] = clean
    return found


def _lock(content_id: int) -> DynamicContent:
    content = DynamicContent.objects.select_for_update().filter(pk=content_id).first()
    if content is None:
        raise RuleGone
    return content

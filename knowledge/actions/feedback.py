"""What readers tell: whether an article helped, and what they looked for in vain."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.db.models import F

from accounts.actor import Actor
from core import clock
from core.text import storable
from knowledge import policies
from knowledge.errors import ArticleNotFound
from knowledge.models import ArticleTranslation, MissedSearch, Vote

QUERY_LENGTH = 100
KEPT = 2_000  # searches kept: the oldest make room


@transaction.atomic
def vote(
    *, actor: Actor | None, translation_id: int, is_helpful: bool, browser: str = ""
) -> ArticleTranslation:
    """Say whether an article helped; saying it again changes one's mind, and counts once.

    A signed-in person is known by themselves, a visitor by the secret of their `browser`.
    Raises ArticleNotFound for an article this reader cannot see.
    """
    if not policies.readable(actor).filter(pk=translation_id).exists():
        raise ArticleNotFound(translation_id)
    rows = ArticleTranslation.objects.select_for_update(no_key=True)
    translation = rows.defer("body", "search").get(pk=translation_id)
    voter = _voter(actor, browser)
    before = Vote.objects.filter(translation=translation, voter=voter).first()
    if before is not None and before.is_helpful == is_helpful:
        return translation
    if before is None:
        Vote.objects.create(
            translation=translation, voter=voter, is_helpful=is_helpful, created_at=clock.now()
        )
    else:
        before.is_helpful, before.created_at = is_helpful, clock.now()
        before.save(update_fields=["is_helpful", "created_at"])
        _count(translation, not is_helpful, -1)
    _count(translation, is_helpful, 1)
    translation.save(update_fields=["helpful", "unhelpful"])
    return translation


@transaction.atomic
def note_missed_search(*, actor: Actor | None, language: str, query: str) -> None:
    """Remember what somebody looked for and did not find; the same words are counted."""
    words = " ".join(storable(query).lower().split())[:QUERY_LENGTH].strip()
    if not words or policies.is_staff(actor):
        return
    now = clock.now()
    MissedSearch.objects.bulk_create(
        [MissedSearch(language=language, query=words, times=0, first_at=now, last_at=now)],
        ignore_conflicts=True,
    )
    MissedSearch.objects.filter(language=language, query=words).update(
        times=F("times") + 1, last_at=now
    )
    rows = MissedSearch.objects.order_by("-last_at", "-id")
    beyond = rows.values_list("last_at", flat=True)[KEPT : KEPT + 1]
    if oldest := list(beyond):
        MissedSearch.objects.filter(last_at__lte=oldest[0]).delete()


def _count(translation: ArticleTranslation, is_helpful: bool, step: int) -> None:
    if is_helpful:
        translation.helpful = max(0, translation.helpful + step)
    else:
        translation.unhelpful = max(0, translation.unhelpful + step)


def _voter(actor: Actor | None, browser: str) -> str:
    who = f"user {actor.user_id}" if actor and actor.user_id else f"browser {browser}"
    return hashlib.sha256(who.encode()).hexdigest()

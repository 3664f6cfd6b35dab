"""The help centre of the demo, written over the last months, read and voted on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from accounts.actor import Actor, actor_for, system_actor
from accounts.models import User
from core import clock
from demo.articles import ARTICLES, CATEGORIES
from demo.articles.model import PlannedArticle
from knowledge.actions import (
    create_article,
    note_missed_search,
    save_article,
    save_category,
    save_section,
    vote,
)
from knowledge.drafts import ArticleDraft, SectionDraft
from knowledge.models import ArticleTranslation, Section

SETUP = system_actor("Demo")
VOTES = 16  # at most so many of an article are cast one by one; enough to rank by
MISSED = (("gift wrap", 7), ("student discount", 11), ("klarna", 9), ("assembly price", 4),
          ("store opening hours", 5), ("carbon footprint", 2))  # fmt: skip


def make_articles(users: Mapping[str, User], now: datetime) -> None:
    """Categories, sections, articles in their languages, votes, and what was not found."""
    with clock.frozen(now - timedelta(days=300)):
        sections = _make_sections()
    for planned in ARTICLES:
        _make_article(planned, sections[planned.section], actor_for(users[planned.author]), now)
    for words, times in MISSED:
        for number in range(times):
            with clock.frozen(now - timedelta(days=number, hours=len(words))):
                note_missed_search(actor=None, language="en", query=words)


def _make_sections() -> dict[str, Section]:
    made = {}
    for category in CATEGORIES:
        shelf = save_category(
            actor=SETUP, draft=SectionDraft(category.name, category.names, category.description)
        )
        for section in category.sections:
            draft = SectionDraft(section.name, section.names, category_id=shelf.pk)
            made[section.name] = save_section(actor=SETUP, draft=draft)
    return made


def _make_article(planned: PlannedArticle, section: Section, author: Actor, now: datetime) -> None:
    article_id = None
    for number, (language, text) in enumerate(planned.texts.items()):
        draft = ArticleDraft(section.pk, language, text.title, text.html, planned.visibility)
        with clock.frozen(now - timedelta(days=planned.days, hours=-3 * number)):
            if article_id is None:
                made = create_article(actor=author, draft=draft, state=planned.state)
                article_id = made.article_id
            else:
                made = save_article(
                    actor=author, article_id=article_id, draft=draft, state=planned.state
                )
        _vote(made, planned, share=1.0 if number == 0 else 0.2, now=now)


def _vote(
    article: ArticleTranslation, planned: PlannedArticle, share: float, now: datetime
) -> None:
    total = planned.helpful + planned.unhelpful
    if not total or not article.is_published:
        return
    scale = share * min(1.0, VOTES / total)
    counts = ((True, round(planned.helpful * scale)), (False, round(planned.unhelpful * scale)))
    reader = SETUP if planned.visibility != "everyone" else None
    with clock.frozen(now - timedelta(days=1)):
        for is_helpful, count in counts:
            for number in range(count):
                browser = f"demo {article.pk} {is_helpful} {number}"
                vote(actor=reader, translation_id=article.pk, is_helpful=is_helpful,
                     browser=browser)  # fmt: skip

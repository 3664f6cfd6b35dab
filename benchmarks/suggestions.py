"""suggestions: the tabs beside a ticket, whole answers of the real server."""

from __future__ import annotations

import random
from collections.abc import Iterator

from benchmarks import desk
from benchmarks.house import House
from benchmarks.pages import agent_of, measure
from benchmarks.result import Result
from benchmarks.vocabulary import sentence

ARTICLES = 500


def suggestions(house: House) -> Iterator[Result]:
    """Similar tickets, and fitting macros and articles, of random tickets."""
    visitor = agent_of(house)
    _write_articles()
    from tickets.models import Ticket

    numbers = list(Ticket.objects.values_list("pk", flat=True)[: desk.TICKETS])
    for tab in ("similar", "suggested"):
        yield measure(
            f"suggestions_{tab}", visitor,
            lambda rng, tab=tab: f"/tickets/{rng.choice(numbers)}/{tab}/",
            f"random tickets, {ARTICLES} articles",
        )  # fmt: skip


def _write_articles() -> None:
    from django.db import connection

    from accounts.actor import system_actor
    from knowledge.actions import create_article, save_category, save_section
    from knowledge.drafts import ArticleDraft, SectionDraft
    from knowledge.models import Article

    if Article.objects.exists():
        return
    actor, rng = system_actor("Benchmark"), random.Random(5)
    category = save_category(actor=actor, draft=SectionDraft("All"))
    section = save_section(actor=actor, draft=SectionDraft("All", category_id=category.pk))
    for _ in range(ARTICLES):
        body = f"<p>{sentence(rng, 200)}</p>"
        draft = ArticleDraft(section.pk, "en", sentence(rng, 6), body)
        create_article(actor=actor, draft=draft, state="published")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE knowledge_articletranslation")

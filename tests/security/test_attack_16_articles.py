"""Attack 16, articles: titles, sections and searches that are html are text on every page."""

from __future__ import annotations

import pytest
from lxml import html as lxml_html

from knowledge.actions import note_missed_search, save_category, save_section
from knowledge.drafts import SectionDraft
from tests.factories import SETUP, make_article, sign_in

EVIL = """zebra'"--></script></textarea></title><evil-el onload=x>{{ 7 }}"""


@pytest.mark.django_db
def test_hostile_titles_sections_and_searches_are_text(client, alice, make_ticket):
    category = save_category(actor=SETUP, draft=SectionDraft(EVIL, description=EVIL))
    section = save_section(actor=SETUP, draft=SectionDraft(EVIL, category_id=category.pk))
    article = make_article(EVIL, body="<p>zebra zebra</p>", section=section)
    ticket = make_ticket(subject=f"zebra {EVIL}", body=f"zebra zebra {EVIL}")
    make_ticket(subject=f"zebra {EVIL}", body=f"zebra zebra {EVIL}")
    note_missed_search(actor=None, language="en", query=EVIL)
    slug = f"{article.article_id}-{article.slug}"
    public = [
        "/help/en/", f"/help/en/categories/{category.slug}/", f"/help/en/articles/{slug}/",
        "/help/en/search/?q=zebra", "/help/en/suggestions/?q=zebra",
        f"/help/en/search/?q={EVIL}", f"/help/en/suggestions/?q={EVIL}",
    ]  # fmt: skip
    internal = [
        "/knowledge/", f"/knowledge/?q={EVIL}", "/knowledge/sections/", "/knowledge/missed/",
        f"/knowledge/new/?title={EVIL}", "/knowledge/insert/?q=zebra",
        *(f"/knowledge/{article.pk}/{page}" for page in ("", "edit/", "history/", "history/1/")),
        *(f"/tickets/{ticket.pk}/{tab}/" for tab in ("knowledge", "similar", "suggested")),
    ]  # fmt: skip
    for path in public:
        assert_text(client.get(path), path)
    sign_in(client, alice)
    for path in internal:
        assert_text(client.get(path), path)


def assert_text(answer, path: str) -> None:
    assert answer.status_code == 200, path
    page = answer.content.decode()
    assert "zebra" in page, path
    document = lxml_html.fromstring(f"<main>{page}</main>")
    assert [each.tag for each in document.iter("evil-el")] == [], path
    assert not [each for each in document.iter() if "onload" in each.attrib], path

"""The help centre: what readers find, in which language, and what they tell us."""

from __future__ import annotations

import pytest
from django.test import Client

from knowledge.actions import save_article
from knowledge.drafts import ArticleDraft
from knowledge.models import MissedSearch
from tests.factories import SETUP, make_article

pytestmark = pytest.mark.usefixtures("clean_cache")


@pytest.fixture
def visitor() -> Client:
    return Client()


@pytest.fixture
def article(db):
    return make_article("Send something back", body="<p>Print the label.</p>")


@pytest.fixture
def german(article):
    draft = ArticleDraft(article.article.section_id, "de", "Zurücksenden", "<p>Etikett.</p>")
    return save_article(actor=SETUP, article_id=article.article_id, draft=draft, state="published")


def shown(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_readers_language_is_taken_where_there_are_articles(visitor, german):
    for accepted, language in (("de-AT,de;q=0.9,en;q=0.5", "de"), ("it", "en"), ("", "en")):
        answer = visitor.get("/help/", headers={"Accept-Language": accepted})
        assert answer.headers["Location"] == f"/help/{language}/"


def test_home_shows_categories_with_their_articles_in_one_language(visitor, german):
    page = shown(visitor.get("/help/en/"))
    assert "Send something back" in page
    assert "Zurücksenden" not in page
    page = shown(visitor.get("/help/de/"))
    assert "Wie können wir helfen?" in page
    assert "Zurücksenden" in page
    assert '<html lang="de"' in page
    assert visitor.get("/help/fr/").status_code == 404


def test_home_costs_the_same_for_one_article_and_for_many(
    visitor, article, django_assert_num_queries
):
    visitor.get("/help/en/")
    with django_assert_num_queries(2):
        visitor.get("/help/en/")
    for number in range(8):
        make_article(f"More {number}")
    with django_assert_num_queries(2):
        visitor.get("/help/en/")


def test_an_article_is_read_at_its_address_and_old_addresses_lead_there(visitor, article):
    path = f"/help/en/articles/{article.article_id}-send-something-back/"
    assert "Print the label." in shown(visitor.get(path))
    old = f"/help/en/articles/{article.article_id}-old-title/"
    assert visitor.get(old).headers["Location"] == path


def test_what_is_not_translated_is_shown_as_it_is_and_says_so(visitor, article, german):
    other = make_article("Nur deutsch", language="de")
    page = shown(visitor.get(f"/help/en/articles/{other.article_id}-x/"))
    assert "You read it in Deutsch." in page


def test_search_marks_words_and_remembers_what_nobody_has_written(visitor, article):
    page = shown(visitor.get("/help/en/search/?q=sen"))
    assert "<mark>Send</mark> something back" in page
    page = shown(visitor.get("/help/en/suggestions/?q=gift"))
    assert "No article fits these words." in page
    assert not MissedSearch.objects.exists()
    visitor.get("/help/en/suggestions/?q=gift&settled=1")
    visitor.get("/help/en/search/?q=Gift")
    assert [(each.query, each.times) for each in MissedSearch.objects.all()] == [("gift", 2)]


def test_searching_without_end_is_refused_kindly(visitor, article, monkeypatch):
    monkeypatch.setattr("web.help_centre.searching.PER_FIVE_MINUTES", 1)
    assert "Send" in shown(visitor.get("/help/en/search/?q=send"))
    page = shown(visitor.get("/help/en/search/?q=send"))
    assert "That were many searches" in page
    assert not MissedSearch.objects.exists()


def test_a_vote_counts_once_for_a_browser_and_only_by_post(visitor, article):
    path = f"/help/en/articles/{article.article_id}/votes/"
    assert visitor.get(path).status_code == 405
    for helpful in ("1", "1", "0"):
        answer = visitor.post(path, {"helpful": helpful}, follow=True)
    assert "What was missing?" in answer.content.decode()
    article.refresh_from_db()
    assert (article.helpful, article.unhelpful) == (0, 1)
    Client().post(path, {"helpful": "1"})
    article.refresh_from_db()
    assert (article.helpful, article.unhelpful) == (1, 1)


def test_a_customer_writes_on_with_the_words_they_searched(browser_of, carol, article):
    browser = browser_of(carol)
    page = shown(browser.get("/help/en/search/?q=nothing+like+it"))
    assert "/requests/new/?subject=nothing%20like%20it" in page
    assert 'value="nothing like it"' in shown(browser.get("/requests/new/?subject=nothing+like+it"))


@pytest.mark.parametrize(
    ("visibility", "state", "readers"),
    [
        ("everyone", "published", {"visitor", "carol", "alice"}),
        ("customers", "published", {"carol", "alice"}),
        ("staff", "published", {"alice"}),
        ("everyone", "draft", set()),
        ("everyone", "archived", set()),
    ],
)
def test_each_reads_what_is_meant_for_them(
    request, browser_of, article, visibility, state, readers
):
    hidden = make_article("Zebra", body="<p>Zebra text</p>", visibility=visibility, state=state)
    for who in ("visitor", "carol", "alice"):
        browser = browser_of(None if who == "visitor" else request.getfixturevalue(who))
        answer = browser.get(f"/help/en/articles/{hidden.article_id}-zebra/")
        assert answer.status_code == (200 if who in readers else 404), who
        for path in ("/help/en/", "/help/en/search/?q=zeb", "/help/en/suggestions/?q=zeb",
                     "/help/en/categories/orders/"):  # fmt: skip
            page = shown(browser.get(path))
            assert ("-zebra/" in page) is (who in readers), f"{who} {path}"
        vote = browser.post(f"/help/en/articles/{hidden.article_id}/votes/", {"helpful": "1"})
        assert vote.status_code == (302 if who in readers else 404)

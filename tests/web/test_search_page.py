from __future__ import annotations

import pytest

from web.agent.search import _words, marked

pytestmark = pytest.mark.django_db


def test_found_words_are_marked_and_everything_else_is_text(browser_of, alice, make_ticket):
    make_ticket(subject="A <b>lamp</b> & a chair", body="The lamp is broken")
    page = browser_of(alice).get("/search/?q=lamp").content.decode()
    assert "A &lt;b&gt;<mark>lamp</mark>&lt;/b&gt; &amp; a chair" in page


@pytest.mark.parametrize(
    "query", ["", "   ", "'; DROP TABLE", "<script>", "((((", '"open', "\x00", "a" * 900, "-lamp"]
)
def test_no_query_breaks_the_page(browser_of, alice, query):
    answer = browser_of(alice).get("/search/", {"q": query})
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()


def test_results_come_in_pages(browser_of, alice, make_ticket):
    for _ in range(30):
        make_ticket(subject="lamp")
    browser = browser_of(alice)
    first, second = (browser.get(f"/search/?q=lamp&page={n}") for n in (1, 2))
    assert len(first.context["results"]) == 25
    assert len(second.context["results"]) == 5


def test_excluded_words_are_not_marked():
    assert marked("red lamp", _words("lamp -red")) == "red <mark>lamp</mark>"

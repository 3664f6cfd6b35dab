from __future__ import annotations

import pytest

from tests.factories import as_actor
from tickets.actions import update_ticket
from tickets.drafts import CommentDraft
from web.search.marks import marked, words_in

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
    assert len(first.context["results"].rows) == 25
    assert len(second.context["results"].rows) == 5


def test_excluded_words_are_not_marked():
    assert marked("red lamp", words_in("lamp -red")) == "red <mark>lamp</mark>"


def note(ticket, author, body):
    draft = CommentDraft(author_id=author.pk, body=body, is_public=False)
    update_ticket(actor=as_actor(author), ticket_id=ticket.pk, comment=draft)


def test_a_result_shows_where_the_words_stand(browser_of, alice, make_ticket):
    ticket = make_ticket(subject="A question")
    note(ticket, alice, f"{'Before. ' * 60}The serial number is on the samovar. {'After. ' * 90}")
    page = browser_of(alice).get("/search/?q=samovar").content.decode()
    assert "number is on the <mark>samovar</mark>. After." in page
    assert "Before. " * 20 not in page


def test_operators_narrow_and_each_kind_has_its_tab(
    browser_of, alice, carol, make_ticket, nordwind
):
    make_ticket(subject="carol lamp", priority="urgent")
    make_ticket(subject="carol chair", priority="low")
    browser = browser_of(alice)
    tabs = browser.get("/search/?q=carol priority:urgent").context["results"].tabs
    assert [(tab.name, tab.count) for tab in tabs] == [
        ("tickets", "1"), ("people", "1"), ("organizations", "0"),
    ]  # fmt: skip
    people = browser.get("/search/?q=type:user carol").context["results"]
    assert (people.tab, people.rows) == ("people", [carol])
    companies = browser.get("/search/?q=nordwind&tab=organizations").context["results"]
    assert companies.rows == [nordwind]


def test_a_value_that_cannot_be_is_said(browser_of, alice):
    page = browser_of(alice).get("/search/?q=status:odd").content.decode()
    assert "This search cannot be read" in page
    assert "status can be new, open" in page


def test_an_agent_of_few_tickets_finds_no_others(
    browser_of, alice, confined_bob, make_ticket, support
):
    note(make_ticket(subject="Other", group_id=support.pk), alice, "samovar")
    browser = browser_of(confined_bob)
    assert browser.get("/search/?q=samovar").context["results"].rows == []
    assert "Other" not in browser.get("/palette/?q=other").content.decode()
    assert "Other" in browser_of(alice).get("/palette/?q=other").content.decode()


def test_a_search_is_kept_as_a_view(browser_of, alice, make_ticket):
    make_ticket(subject="Samovar")
    form = browser_of(alice).get("/views/new/?search=status<solved samovar created>2024-01-31")
    page = form.content.decode()
    assert "created&gt;2024-01-31" in page
    assert form.context["form"].preview.count == 1


def test_the_page_costs_the_same_however_much_is_found(
    browser_of, alice, make_ticket, django_assert_max_num_queries
):
    browser = browser_of(alice)
    for count in (1, 24):
        for _ in range(count):
            make_ticket(subject="lamp")
        with django_assert_max_num_queries(16):
            browser.get("/search/?q=lamp")

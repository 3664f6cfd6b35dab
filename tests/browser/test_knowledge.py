"""Knowledge in a real browser: a suggestion by one key, writing an article, the help centre."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from macros.actions import MacroDraft, create_macro
from tests.browser.pages import findings
from tests.factories import as_actor, make_article

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_cache"),
]


@pytest.fixture
def shelf(desk, alice, make_ticket, mallory):
    """Two articles, a macro and a ticket that they fit, and a solved one like it."""
    make_article("Espresso machine: leaking", body="<h2>Why</h2><p>Change the seal.</p>")
    make_article("How much we refund for an espresso machine", visibility="staff")
    effects = [{"field": "comment_value", "value": "Please change the seal of the espresso."}]
    create_macro(
        actor=as_actor(alice), draft=MacroDraft("Espresso machine leaking", effects=effects)
    )
    make_ticket(requester=mallory, subject="Espresso machine leaking", body="Water under it.")
    return make_ticket(subject="My espresso machine is leaking", body="Water comes from below it.")


def written(page):
    return page.locator("[role=textbox][aria-multiline], #body").first


def test_a_suggestion_is_put_into_the_reply_by_one_key(shelf, open_page):
    page = open_page()
    page.goto(f"/tickets/{shelf.pk}/")
    expect(page.locator(".suggested").first).to_contain_text("Espresso machine leaking")
    page.keyboard.press("Alt+1")
    expect(written(page)).to_contain_text("Please change the seal of the espresso.")
    page.keyboard.press("Alt+2")
    expect(written(page).locator("a")).to_have_text("Espresso machine: leaking")
    page.get_by_role("tab", name="Similar").click()
    expect(page.locator(".similar")).to_have_count(1)
    expect(page.locator("[data-tab-count=similar]")).to_have_text("1")
    found = findings(page)
    page.get_by_role("tab", name="Knowledge").click()
    page.fill("#find-article", "refund")
    expect(page.locator("#found-articles")).to_contain_text("How much we refund")
    found += findings(page)
    page.get_by_role("button", name="Link in a note").click()
    expect(page.locator('input[name=kind][value="internal"]')).to_be_checked()
    assert found == []


def test_an_article_is_written_as_it_looks(shelf, open_page):
    page = open_page()
    page.goto("/knowledge/new/")
    page.fill("#title", "Descale it")
    page.select_option("#section", label="Returns")
    page.click("#article-page")
    page.keyboard.type("First")
    page.keyboard.press("Control+b")
    page.keyboard.type(" boldly")
    page.click('[data-format="ul"]')
    found = findings(page)
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".article-body b, .article-body strong")).to_contain_text("boldly")
    expect(page.locator(".article-body li")).to_contain_text("First")
    article = page.url.rstrip("/").rsplit("/", 1)[1]
    for path in ("", f"{article}/", f"{article}/history/", f"{article}/translate/", "sections/",
                 "missed/"):  # fmt: skip
        page.goto(f"/knowledge/{path}")
        found += findings(page)
    assert found == []


def test_a_visitor_finds_an_article_and_says_that_it_helped(shelf, open_page):
    page = open_page(None)
    page.goto("/help/")
    found = findings(page)
    page.locator("#help-q").press_sequentially("espr")
    expect(page.locator("#help-found [role=option]")).to_have_count(2)
    found += findings(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/**")
    expect(page.locator("h1")).to_have_text("Espresso machine: leaking")
    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_role("status").first).to_be_attached()
    expect(page.locator(".help-vote")).to_contain_text("Good to know")
    found += findings(page)
    page.goto("/help/en/search/?q=nothing+like+it")
    found += findings(page)
    assert found == []

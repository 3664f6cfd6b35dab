"""Looking over a reply in a real browser: quiet, then a question, then a way out by Enter."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.pages import findings

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_cache"),
]


@pytest.fixture
def page(open_page, desk):
    page = open_page()
    page.goto(f"/tickets/{desk['ticket'].pk}/")
    return page


def write(page, text: str) -> None:
    """As somebody does, into whatever editor there is."""
    page.keyboard.press("r")
    page.keyboard.insert_text(text)


def test_a_doubtful_reply_waits_and_enter_on_send_anyway_sends_it(page):
    write(page, "Hello Mark, I attach the corrected invoice.")
    expect(page.locator(".doubts li")).to_have_count(2)
    expect(page.locator(".doubts [data-ignore]")).to_be_visible()
    assert page.evaluate("document.activeElement.closest('reply-check')") is None
    page.keyboard.press("Control+Enter")
    expect(page.locator(".doubts [data-anyway]")).to_be_focused()
    expect(page.locator(".msg.agent")).to_have_count(1)
    assert findings(page) == []
    page.click(".doubts [data-remedy=replace]")
    expect(page.locator(".doubts li")).to_have_count(1)
    expect(page.locator(".doubts li")).to_contain_text("attachment")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".doubts [data-anyway]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".msg.agent").last).to_contain_text("Hello Carol, I attach")
    expect(page.locator(".doubts")).to_have_count(0)


def test_what_is_put_right_or_ignored_goes_without_a_question(page):
    write(page, "Hello Carol, please find attached the list.")
    page.click(".doubts [data-ignore]")
    expect(page.locator(".doubts")).to_have_count(0)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".msg.agent").last).to_contain_text("please find attached the list")


def test_a_server_that_does_not_answer_holds_nothing_back(page):
    page.route("**/reply-check/", lambda route: route.abort())
    write(page, "Hello Mark, I attach it.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".msg.agent").last).to_contain_text("Hello Mark, I attach it.")

"""Undo, send later and recipients in a real browser: nothing typed is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.pages import serious_findings

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_cache", "window"),
]
TEXT = "It left today.\nBest, Alice"


@pytest.fixture
def window(desk, settings):  # what is there has left already
    settings.UNDO_SEND_SECONDS = 60


@pytest.fixture
def page(open_page, desk):
    """Alice's window on the ticket, with a reply begun."""
    page = open_page()
    page.goto(f"/tickets/{desk['ticket'].pk}/")
    page.fill("#body", TEXT)
    return page


def test_a_reply_is_taken_back_and_the_text_is_there_again(page):
    page.press("#body", "Control+Enter")
    expect(page.locator("app-toast .toast-act")).to_have_text("Undo")
    expect(page.locator(".msg.waits leaves-in")).to_contain_text("Leaves in")
    expect(page.locator("textarea[name=body]")).to_have_value("")
    assert serious_findings(page) == []
    page.fill("#body", "One more thing.")
    page.keyboard.press("Alt+z")
    expect(page.locator("textarea[name=body]")).to_have_value(f"{TEXT}\n\nOne more thing.")
    expect(page.locator(".held-back")).to_contain_text("took a reply back")
    expect(page.locator(".msg.waits")).to_have_count(0)
    page.reload()
    expect(page.locator("textarea[name=body]")).to_have_value(f"{TEXT}\n\nOne more thing.")


def test_a_reply_is_scheduled_moved_and_sent_now(page):
    page.click('[aria-label="Submit as another status"]')
    page.click("text=Send later …")
    expect(page.locator("dialog.send-later")).to_be_visible()
    assert serious_findings(page) == []
    page.check('[value="monday"]')
    page.keyboard.press("Enter")
    expect(page.locator(".leaving")).to_contain_text("Scheduled for")
    expect(page.locator("dialog.send-later")).to_be_hidden()
    page.click(".leaving >> text=Change")
    page.fill(".leaving [name=send_later_at]", "2000-01-01T09:00")
    page.click(".leaving >> text=Save")
    expect(page.locator(".msg.waits [role=alert]")).to_contain_text("still to come")
    page.click(".leaving >> text=Send now")
    expect(page.locator(".msg.waits")).to_have_count(0)


def test_cc_is_worked_with_the_keyboard(page):
    page.click(".cc-input")
    page.keyboard.type("Eve@Partner.example,")
    page.keyboard.type("not an address")
    page.keyboard.press("Enter")
    expect(page.locator(".recipients [data-problem]")).to_contain_text("is not an e-mail address")
    page.keyboard.press("Control+a")
    page.keyboard.type("dan@partner.example")
    page.keyboard.press("Enter")
    expect(page.locator(".cc-chip")).to_have_count(2)
    page.keyboard.press("Backspace")
    expect(page.locator(".cc-chip")).to_have_count(1)
    page.press("#body", "Control+Enter")
    page.click("text=Send anyway")  # somebody of another company is new here
    expect(page.locator(".msg.waits")).to_contain_text("eve")

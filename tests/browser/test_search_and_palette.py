"""Searching and jumping with the keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.pages import findings

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_cache"),
]


def test_a_search_is_completed_and_kept_as_a_view(open_page, desk):
    page = open_page()
    page.goto("/views/")
    page.keyboard.press("/")
    page.keyboard.type("sta")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.type("op")
    expect(page.get_by_role("option")).to_contain_text("status:open")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.type("lamp")
    page.keyboard.press("Enter")
    expect(page.locator(".result")).to_have_count(1)
    expect(page.locator(".result mark").first).to_have_text("Lamp")
    page.get_by_role("link", name="Save as view").click()
    page.get_by_role("button", name="Create the view").click()
    expect(page.locator("[data-row]")).to_have_count(1)
    expect(page.locator("h1").first).to_contain_text("status:open lamp")


def test_the_palette_reaches_everything_by_name(open_page, desk):
    page = open_page()
    page.goto("/views/")
    page.keyboard.press("Control+k")
    page.keyboard.type("lamp")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Lamp")
    assert findings(page) == []
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/tickets/{desk['ticket'].pk}/")
    page.locator("body").press("Control+k")
    expect(page.locator(".palette-option[aria-selected=true]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.locator("body").press("?")
    expect(page.locator("#keys")).to_be_visible()
    assert findings(page) == []

"""A visitor on a page of the shop and an agent at the desk, in two windows of a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from macros.actions import set_availability
from tests.browser.pages import SIZES, findings
from tests.factories import as_actor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_cache", "online", "chat"),
]


@pytest.fixture
def online(desk, alice):
    set_availability(actor=as_actor(alice), chosen="online")


def test_a_chat_that_rings_covers_nothing_one_works_in(open_live_page, desk):
    page = open_live_page()
    page.goto(f"/tickets/{desk['ticket'].pk}/")
    expect(page.locator(".call-words")).to_have_text("My parcel is late")
    for size in SIZES.values():
        page.set_viewport_size(size)
        for control in ("[data-submit]", ".rich-area", "[data-accept]", "[data-decline]"):
            page.locator(control).click(trial=True)


def test_a_chat_rings_is_taken_answered_and_ended_by_keys_alone(open_live_page, chat, visitor, say):
    page = open_live_page()
    page.goto("/views/")
    expect(page.locator(".call-words")).to_have_text("My parcel is late")
    expect(page.locator("p[role=alert]")).to_contain_text("Chat from")
    assert findings(page) == []

    page.keyboard.press("Alt+Shift+A")
    expect(page.locator("#chat-text")).to_be_focused()
    page.keyboard.type("I look.")
    page.keyboard.press("Enter")
    expect(page.locator(".stream")).to_contain_text("I look.")
    expect(page.locator("#chat-text")).to_have_value("")
    expect(page.locator(".chat-bar")).to_contain_text("Sent")
    expect(page.locator(".dock-chat")).to_have_attribute("aria-current", "page")
    assert findings(page) == []

    page.keyboard.press("Alt+Shift+E")
    expect(page.locator(".chat-dialog")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".chat-bar.is-ended")).to_contain_text("The chat has ended")
    expect(page.locator(".props")).to_contain_text("Solved")
    expect(page.locator("chat-dock")).to_be_hidden()

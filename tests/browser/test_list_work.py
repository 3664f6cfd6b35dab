"""The list in a real browser: many tickets with the keyboard, serve next, who is there."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from macros.actions.bulk import run_bulk
from tests.browser.pages import findings, tab_to
from tests.workers import apart
from tickets.models import Ticket

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_cache"),
]


def test_many_tickets_are_changed_and_put_back_with_the_keyboard_alone(open_page, desk):
    page = open_page()
    page.goto("/views/")
    keys = page.keyboard
    keys.press("j")
    keys.press("p")
    expect(page.locator("row-preview")).to_contain_text("Chair")
    keys.press("Escape")
    expect(page.locator("row-preview")).to_be_hidden()
    keys.press("x")
    keys.press("Shift+J")
    expect(page.locator("bulk-bar [data-count]")).to_have_text("2 chosen")
    found = findings(page)
    keys.press("e")
    expect(page.locator("#bulk-status")).to_be_focused()
    found += findings(page)
    keys.type("On")
    expect(page.locator("#bulk-status")).to_have_value("hold")
    tab_to(page, "Add tags")
    keys.type("together")
    keys.press("Enter")
    expect(page.locator("bulk-pill")).to_contain_text("0 of 2 tickets")
    expect(page.locator("bulk-bar")).to_be_hidden()
    apart(run_bulk)
    expect(page.locator("bulk-pill")).to_contain_text("2 tickets changed")
    assert apart(lambda: set(Ticket.objects.values_list("status", flat=True))) == {"hold"}
    keys.press("z")
    expect(page.locator("bulk-pill")).to_contain_text("Putting back")
    apart(run_bulk)
    expect(page.locator("bulk-pill")).to_contain_text("2 tickets put back")
    assert "hold" not in apart(lambda: set(Ticket.objects.values_list("status", flat=True)))
    tab_to(page, "2 tickets put back")
    keys.press("Enter")
    expect(page.locator("h1")).to_have_text("Put 2 tickets back")
    found += findings(page)
    assert found == []


def test_the_forms_for_many_and_the_phone_have_nothing_serious(open_page, desk):
    page = open_page(size="phone")
    page.goto("/views/")
    page.locator("[data-pick]").first.check()
    found = findings(page)
    for what in ("macro", "reply", "merge", "spam"):
        page.evaluate(f"document.querySelector('bulk-bar').open('{what}', '')")
        expect(page.locator(".bulk-dialog h2")).to_be_visible()
        found += findings(page)
        page.click(".bulk-dialog [data-close] >> nth=0")
    assert found == []


def test_one_ticket_after_another_is_served(open_page, desk):
    page = open_page()
    page.goto("/views/")
    page.keyboard.press("s")
    page.wait_for_url("**/tickets/**play=**")
    expect(page.locator("play-bar")).to_contain_text("Your unsolved tickets")
    first = page.url
    page.keyboard.press("s")
    expect(page.get_by_role("button", name="Needs somebody else")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != first and "/tickets/" in url)
    expect(page.locator("play-bar")).to_be_visible()
    assert findings(page) == []
    page.get_by_role("button", name="Next").click()
    page.wait_for_url("**/views/**")
    expect(page.locator("app-toast")).to_contain_text("Nothing is left for you")


def test_a_list_shows_who_is_there_and_taking_over_asks(open_live_page, desk):
    mine, theirs = open_live_page("alice"), open_live_page("bob")
    number = desk["ticket"].pk
    mine.goto("/views/")
    row = mine.locator(f"#row-{number}")
    expect(row).to_be_visible()
    theirs.goto(f"/tickets/{number}/")
    expect(row.locator(".row-people")).to_contain_text("Bob Baker is viewing this")
    mine.goto(f"/tickets/{number}/")
    expect(theirs.locator(".viewers")).to_contain_text("Alice")
    me = theirs.locator("body").get_attribute("data-user")
    own = theirs.locator(f"[name=assignment] option[value$='/{me}']")
    theirs.select_option("[name=assignment]", own.first.get_attribute("value"))
    question = theirs.get_by_role("dialog", name="Take it over?")
    expect(question).to_contain_text("Alice Archer is looking at this ticket")
    assert findings(theirs) == []
    theirs.keyboard.press("Enter")
    expect(question).to_be_hidden()
    assert apart(lambda: Ticket.objects.get(pk=number).assignee.first_name) == "Alice"

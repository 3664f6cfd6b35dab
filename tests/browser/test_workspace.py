"""The workspace in a real browser: keyboard, drafts, and axe on every page in light and dark."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.pages import findings, tab_to
from tests.factories import PASSWORD

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_cache"),
]


def test_axe_has_nothing_serious_to_say(open_page, desk):
    stranger = open_page(None)
    stranger.goto("/sign-in/")
    found = findings(stranger)
    page = open_page()
    number = desk["ticket"].pk
    for path in ["/views/", f"/tickets/{number}/", "/search/?q=lamp", "/search/?q=zzz",
                 "/tickets/new/", "/nowhere/"]:  # fmt: skip
        page.goto(path)
        found += findings(page)
    page.goto(f"/tickets/{number}/")
    page.click('[data-compose="internal"]')
    found += findings(page)
    assert found == []


def test_a_ticket_is_triaged_and_answered_with_the_keyboard_alone(open_page, desk):
    page = open_page()
    page.goto("/views/")
    keys = page.keyboard
    keys.press("j")
    keys.press("j")
    expect(page.locator("tr.at")).to_contain_text("Lamp")
    keys.press("Enter")
    page.wait_for_url(f"**/tickets/{desk['ticket'].pk}/**")
    for name, first, value in (("type", "P", "problem"), ("priority", "U", "urgent")):
        tab_to(page, name.capitalize())
        with page.expect_response("**/properties/"):
            keys.press(first)
        expect(page.locator(f"#p-{name}")).to_have_value(value)
    keys.press("Tab")  # away from the field: letters are keys again
    keys.press("n")
    keys.type("A note <b>for</b> Bob")
    keys.press("Control+Enter")
    expect(page.locator(".msg.note").last).to_contain_text("A note <b>for</b> Bob")
    expect(page.locator("textarea[name=body]")).to_have_value("")
    expect(page.locator(".msg.note")).to_have_count(2)
    tab_to(page, "Internal note", key="Shift+Tab")
    keys.press("r")
    keys.type("It left today, Carol.")
    keys.press("Alt+Shift+S")
    expect(page.locator(".msg.agent").last).to_contain_text("It left today, Carol.")
    expect(page.locator(".props .pill").first).to_have_text("Solved")


def test_nothing_typed_is_lost_by_a_reload_or_a_lost_server(open_page, desk):
    page = open_page()
    page.goto(f"/tickets/{desk['ticket'].pk}/")
    page.fill("#body", "Half an answer")
    expect(page.locator("[data-draft-state]")).to_have_text("Draft saved")
    page.reload()
    expect(page.locator("textarea[name=body]")).to_have_value("Half an answer")
    page.route("**/comments/", lambda route: route.abort())
    page.keyboard.press("r")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".composer-notice")).to_contain_text("Your text is kept")
    expect(page.locator("textarea[name=body]")).to_have_value("Half an answer")
    page.unroute("**/comments/")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".msg.agent").last).to_contain_text("Half an answer")
    page.reload()
    expect(page.locator("textarea[name=body]")).to_have_value("")


def test_pages_run_under_their_own_content_security_policy(open_page, desk):
    page = open_page(None, under_policy=True)
    refused: list[str] = []
    page.on("console", lambda line: refused.append(line.text) if "Policy" in line.text else None)
    page.goto("/sign-in/")
    page.fill("#email", "alice@example.com")
    page.fill("#password", PASSWORD)
    page.click("button.primary")
    page.wait_for_url("**/home/**")
    for path in [f"/tickets/{desk['ticket'].pk}/", "/search/?q=lamp", "/tickets/new/"]:
        page.goto(path)
        page.wait_for_load_state("load")
    assert refused == []

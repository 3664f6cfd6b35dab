"""The workspace in a real browser: keyboard, drafts, and axe on every page in light and dark."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_core_python
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.factories import PASSWORD, SETUP, as_actor
from tickets.actions import install_stock_views, update_ticket
from tickets.drafts import CommentDraft

CHROMIUM = Path("/usr/bin/chromium")
AXE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SIZES = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_cache"),
]


@pytest.fixture
def chromium(live_server, desk) -> Iterator[Browser]:
    """A browser, opened when the data is there and closed before the server.

    Playwright's event loop runs in this thread, where Django then allows no queries.
    """
    if not CHROMIUM.exists():
        message = f"There is no browser at {CHROMIUM}: install the package chromium."
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture
def desk(alice, bob, make_ticket, support) -> dict[str, Any]:
    """Views, a conversation of every kind of message, and a second ticket."""
    install_stock_views(actor=SETUP)
    ticket = make_ticket(
        subject="Lamp", group_id=support.pk, assignee_id=alice.pk, tags=("vip",),
        comment={"html": '<p>Hello</p><img data-remote-src="https://x.example/1.png" alt="">'},
    )  # fmt: skip
    note = CommentDraft(author_id=bob.pk, body="Is it **ours**?", is_public=False)
    update_ticket(actor=as_actor(bob), ticket_id=ticket.pk, comment=note)
    reply = CommentDraft(author_id=alice.pk, body="We look into it.")
    update_ticket(actor=as_actor(alice), ticket_id=ticket.pk, comment=reply)
    return {"ticket": ticket, "other": make_ticket(subject="Chair", assignee_id=alice.pk)}


def open_page(chromium: Browser, url: str, *, scheme: str = "light", size: str = "desk") -> Page:
    # axe has to be put into the page; the page's own CSP is tested elsewhere.
    context = chromium.new_context(
        viewport=SIZES[size], color_scheme=scheme, bypass_csp=True, base_url=url
    )
    page = context.new_page()
    page.goto("/sign-in/")
    return page


def sign_in(page: Page) -> None:
    page.fill("#email", "alice@example.com")
    page.fill("#password", PASSWORD)
    page.click("button.primary")
    page.wait_for_url("**/views/**")


def serious_findings(page: Page) -> list[str]:
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [
        f"{page.url}: {rule['id']} {node['html'][:120]} {node['failureSummary']}"
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_serious_to_say(chromium, live_server, desk, scheme, size):
    page = open_page(chromium, live_server.url, scheme=scheme, size=size)
    findings = serious_findings(page)
    sign_in(page)
    number = desk["ticket"].pk
    for path in ["/views/", f"/tickets/{number}/", "/search/?q=lamp", "/search/?q=zzz",
                 "/tickets/new/", "/nowhere/"]:  # fmt: skip
        page.goto(path)
        findings += serious_findings(page)
    page.goto(f"/tickets/{number}/")
    page.click('[data-compose="internal"]')
    findings += serious_findings(page)
    assert findings == []


def test_a_ticket_is_worked_with_the_keyboard_alone(chromium, live_server, desk):
    page = open_page(chromium, live_server.url)
    sign_in(page)
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("tr.at")).to_contain_text("Lamp")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/tickets/{desk['ticket'].pk}/**")
    page.keyboard.press("n")
    page.keyboard.type("A note <b>for</b> Bob")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".msg.note").last).to_contain_text("A note <b>for</b> Bob")
    expect(page.locator("#body")).to_have_value("")
    expect(page.locator(".msg.note")).to_have_count(2)


def test_nothing_typed_is_lost_by_a_reload_or_a_lost_server(chromium, live_server, desk):
    page = open_page(chromium, live_server.url)
    sign_in(page)
    page.goto(f"/tickets/{desk['ticket'].pk}/")
    page.fill("#body", "Half an answer")
    expect(page.locator("[data-draft-state]")).to_have_text("Draft saved")
    page.reload()
    expect(page.locator("#body")).to_have_value("Half an answer")
    page.route("**/comments/", lambda route: route.abort())
    page.keyboard.press("r")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".composer-notice")).to_contain_text("Your text is kept")
    expect(page.locator("#body")).to_have_value("Half an answer")
    page.unroute("**/comments/")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".msg.agent").last).to_contain_text("Half an answer")
    page.reload()
    expect(page.locator("#body")).to_have_value("")


def test_pages_run_under_their_own_content_security_policy(chromium, live_server, desk):
    context = chromium.new_context(base_url=live_server.url)
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda line: refused.append(line.text) if "Policy" in line.text else None)
    page.goto("/sign-in/")
    sign_in(page)
    for path in [f"/tickets/{desk['ticket'].pk}/", "/search/?q=lamp", "/tickets/new/"]:
        page.goto(path)
        page.wait_for_load_state("load")
    assert refused == []

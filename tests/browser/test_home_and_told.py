"""Home, the bell, a person's settings and the installed app in a real browser."""

from __future__ import annotations

import io
import json
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.pages import apart, findings
from tests.factories import as_actor
from tickets.actions import update_ticket
from tickets.drafts import CommentDraft

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_cache"),
]


@pytest.fixture
def desk(desk, alice, bob):
    """The desk, and bob has mentioned alice on the lamp."""
    mention(bob, desk["ticket"], "@alice can you have a look at this?")
    return desk


def mention(author, ticket, body) -> None:
    note = CommentDraft(author_id=author.pk, body=body, is_public=False)
    update_ticket(actor=as_actor(author), ticket_id=ticket.pk, comment=note)


def test_axe_has_nothing_serious_to_say(open_page, desk):
    page = open_page()
    found = []
    for path in ["/home/", "/notifications/", "/settings/profile/", "/settings/signatures/",
                 "/settings/preferences/", "/settings/notifications/", "/settings/sessions/",
                 "/offline/"]:  # fmt: skip
        page.goto(path)
        found += findings(page)
    page.goto("/home/")
    page.keyboard.press("g")
    page.keyboard.press("n")
    expect(page.locator(".told-panel")).to_be_visible()
    found += findings(page)
    assert found == []


def test_what_a_colleague_asks_arrives_and_is_answered_by_keyboard(
    open_live_page, desk, bob, django_db_blocker
):
    page = open_live_page()
    page.goto("/home/")
    badge = page.locator("[data-unread]")
    expect(badge).to_have_text("3")  # two tickets are hers, too
    expect(page).to_have_title(re.compile(r"^\(3\) "))
    with django_db_blocker.unblock():
        apart(lambda: mention(bob, desk["other"], "@alice and this?"))
    expect(page.locator(".told-toast")).to_contain_text("Bob Baker mentioned you")
    expect(badge).to_have_text("4")
    page.keyboard.press("g")
    page.keyboard.press("n")
    panel = page.locator(".told-panel")
    expect(panel.locator(".told-ticket.is-unread")).to_have_count(2)
    panel.get_by_role("button", name="Mark as read: ticket").first.press("Enter")
    expect(panel.locator(".told-ticket.is-unread")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    page.goto(f"/tickets/{desk['ticket'].pk}/")
    expect(badge).to_be_hidden()


def test_home_is_worked_with_the_keyboard(open_page, desk):
    page = open_page()
    page.goto("/views/")
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.wait_for_url("**/home/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tickets/**")


def test_a_photo_is_cut_before_it_is_sent(open_page, desk):
    page = open_page()
    page.goto("/settings/profile/")
    out = io.BytesIO()
    Image.new("RGB", (600, 400), "#3f7440").save(out, "PNG")
    picture = {"name": "me.png", "mimeType": "image/png", "buffer": out.getvalue()}
    expect(page.locator("[data-save]")).to_be_hidden()
    page.set_input_files("[name=photo]", picture)
    frame = page.locator("[data-frame]")
    expect(frame).to_be_focused()
    before = page.locator("[name=left]").input_value()
    page.keyboard.press("+")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("[name=left]")).not_to_have_value(before)
    page.click("[data-save]")
    expect(page.locator("img.avatar.xl")).to_have_js_property("naturalWidth", 256)  # once loaded


def test_letter_keys_are_switched_off_and_enter_sends(open_page, desk):
    page = open_page()
    page.goto("/settings/preferences/")
    page.get_by_text("Single letters act").click()
    page.get_by_text("Enter (Shift+Enter begins a new line)", exact=True).click()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".toast")).to_contain_text("Saved")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_hidden()
    page.goto(f"/tickets/{desk['ticket'].pk}/")
    page.click(".rich-area")
    page.keyboard.type("Hello Carol,")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("it left today.")
    page.keyboard.press("Enter")
    sent = page.locator(".msg.agent .text").last
    expect(sent).to_have_js_property("innerText", "Hello Carol,\nit left today.")
    expect(page.locator("textarea[name=body]")).to_have_value("")


def test_every_page_of_the_settings_is_a_click_away(admin, desk, open_page):
    page = open_page("ada", under_policy=True)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    page.on("console", lambda line: wrong.append(line.text) if "Policy" in line.text else None)
    page.on("response", lambda got: wrong.append(got.url) if got.status >= 400 else None)
    page.goto("/home/")
    seen = []
    for door in ("Your settings", "Settings"):
        if door == "Your settings":
            page.locator(".rail details summary").click()
        page.locator(".rail").get_by_role("link", name=door, exact=True).click()
        links = page.locator("nav.side a")
        for at in range(links.count()):
            href = links.nth(at).get_attribute("href")
            links.nth(at).click()
            expect(page).to_have_url(re.compile(f"{re.escape(href)}$"))
            expect(page.locator("h1")).to_be_visible()
            seen.append(href)
            if not page.locator("nav.side").count():  # the password has a page of its own
                page.go_back()
    assert len(seen) == len(set(seen)) >= 18
    assert wrong == []


def test_the_app_installs_and_says_when_there_is_no_connection(open_page, desk):
    page = open_page(under_policy=True)
    refused: list[str] = []
    page.on("console", lambda line: refused.append(line.text) if "Policy" in line.text else None)
    page.goto("/home/")
    page.evaluate("navigator.serviceWorker.ready.then(worker => worker.active.state)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    session = page.context.new_cdp_session(page)
    manifest = session.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert json.loads(manifest["data"])["display"] == "standalone"
    hindrances = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [each["errorId"] for each in hindrances] in ([], ["in-incognito"])  # as windows here are
    kept = page.evaluate(
        "caches.keys().then(names => caches.open(names[0])).then(cache => cache.keys())"
        ".then(all => all.map(each => new URL(each.url).pathname).sort())"
    )
    assert kept == ["/offline/", "/static/css/offline.css", "/static/icons/app-192.png"]
    page.context.set_offline(True)
    page.goto("/views/")
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    expect(page.locator("body")).to_contain_text("Your drafts are kept")
    page.context.set_offline(False)
    page.goto("/home/")
    expect(page.get_by_role("heading", name="Your day")).to_be_visible()
    assert refused == []


def test_a_pushed_message_is_shown_by_the_browser(open_page, desk):
    page = open_page(under_policy=True)
    page.goto("/home/")
    page.context.grant_permissions(["notifications"])
    page.evaluate("navigator.serviceWorker.ready.then(worker => worker.active.state)")
    session, known = page.context.new_cdp_session(page), []
    session.on(
        "ServiceWorker.workerRegistrationUpdated", lambda said: known.extend(said["registrations"])
    )
    session.send("ServiceWorker.enable")
    while not known:
        page.wait_for_timeout(20)
    said = {"title": "Bob Baker mentioned you", "body": "#5", "tag": "ticket-5", "url": "/home/"}
    session.send(
        "ServiceWorker.deliverPushMessage",
        {
            "origin": page.evaluate("location.origin") + "/",
            "registrationId": known[-1]["registrationId"],
            "data": json.dumps({**said, "tag": "test"}),  # shown although somebody is looking
        },
    )
    page.wait_for_function(
        "navigator.serviceWorker.ready.then(worker => worker.getNotifications())"
        ".then(all => all.length === 1 && all[0].title === 'Bob Baker mentioned you')"
    )

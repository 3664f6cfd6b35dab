"""Hostile mail in a real browser: nothing runs, nothing leaves; images come on a click alone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from core.fetch import Fetched
from core.html import sanitize
from tests.browser.pages import watched
from tests.factories import SETUP
from tests.security.hostile_html import HOSTILE
from tickets.actions import install_stock_views
from tickets.drafts import NewFile
from web import remote_images

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c6360f8cf"
    "c00000030101 00c9fe92ef0000000049454e44ae426082".replace(" ", "")
)
EVENT = {
    "method": "REQUEST", "uid": "1", "summary": "Handover of the new shelves",
    "starts": "20261121T090000Z", "ends": "20261121T100000Z", "location": "Warehouse 2, Berlin",
}  # fmt: skip

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_cache"),
]


@pytest.fixture
def desk(alice, make_ticket, support, monkeypatch) -> dict[str, Any]:
    """One ticket with all hostile html, one with remote images, an invitation and a program."""
    monkeypatch.setattr(
        remote_images, "fetch", lambda url, **_how: Fetched(url, PIXEL, "image/png")
    )
    install_stock_views(actor=SETUP)
    hostile = sanitize("".join(f"<div>{html}</div>" for html in HOSTILE.values()))
    images = sanitize(
        "<p>Our new catalogue</p><img src='https://shop.example/a.png' alt='Shelves' width=240 "
        "height=80><img src='http://track.example/1' width=1 height=1>"
    )
    file = NewFile("ab/cd/x", "invoice.pdf.exe", "application/octet-stream", 48_000, "0" * 64)
    metadata = {"calendar": EVENT, "signed": True}
    return {
        "hostile": make_ticket(
            subject="Offer", group_id=support.pk, assignee_id=alice.pk, comment={"html": hostile}
        ),
        "images": make_ticket(
            subject="Catalogue", group_id=support.pk, assignee_id=alice.pk,
            comment={"html": images, "files": (file,), "metadata": metadata},
        ),
    }  # fmt: skip


def test_hostile_mail_does_nothing_in_a_browser(open_page, live_server, desk):
    page, noted = watched(open_page, live_server.url)
    page.goto(f"/tickets/{desk['hostile'].pk}/")
    expect(page.locator(".msg.customer")).to_be_visible()
    page.wait_for_timeout(500)
    left = [entry for entry in noted if not entry.startswith(("data:", "blob:", "ws:"))]
    assert left == []
    covering = page.evaluate(
        "[...document.querySelectorAll('.msg .text *')]"
        ".filter(node => getComputedStyle(node).position !== 'static').length"
    )
    assert covering == 0
    assert page.locator("#body").is_visible()


def test_images_are_shown_on_a_click_by_our_own_server(open_page, live_server, desk):
    page, noted = watched(open_page, live_server.url)
    page.goto(f"/tickets/{desk['images'].pk}/")
    expect(page.locator(".blocked")).to_contain_text("1 remote image blocked, 1 tracking pixel")
    assert page.locator(".msg img[src]").count() == 0
    page.get_by_role("button", name="Show images").click()
    expect(page.locator(".msg .text img[src^='/images/']")).to_have_count(1)
    expect(page.locator(".msg .text img[src]")).to_have_js_property("naturalWidth", 1)
    expect(page.locator(".blocked")).to_contain_text("loaded by our server")
    assert [entry for entry in noted if entry.startswith("http")] == []


def test_a_program_asks_before_it_is_saved(open_page, desk):
    page = open_page()
    page.goto(f"/tickets/{desk['images'].pk}/")
    save = page.get_by_role("link", name="Save it all the same")
    expect(save).to_be_hidden()
    page.locator("summary.danger").click()
    expect(save).to_be_visible()
